import { Worker } from 'node:worker_threads';

export interface CompanionSettings {
  /** The file of the thread, beside this one. */
  readonly file: string;
  /** What it begins with. */
  readonly data: object;
  /** Megabytes of old objects, and of young ones, that it may keep; memory that it shares is not among them. */
  readonly heapMegabytes: number;
  readonly youngMegabytes: number;
  /** Wakes it after each message, where it does not wait for them. */
  wake?(): void;
  /** It ended by itself, which it never should. */
  onDeath(error: Error): void;
}

/** A thread of ours as the main thread sees it: it is told `To`, tells `From`, and ends when it is told to stop. */
export class Companion<To, From> {
  private readonly worker: Worker;
  private readonly wake: () => void;
  private readonly ended: Promise<void>;
  private isStopping = false;

  constructor(settings: CompanionSettings, onMessage: (message: From) => void) {
    const { file, data, heapMegabytes, youngMegabytes, wake = () => {}, onDeath } = settings;
    this.wake = wake;
    this.worker = new Worker(new URL(file, import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes, maxOldGenerationSizeMb: heapMegabytes, stackSizeMb: 1 },
    });
    this.worker.on('message', onMessage);
    this.worker.on('error', onDeath);
    this.ended = new Promise((resolve) => this.worker.once('exit', () => resolve()));
  }

  /** Tells it something; one that is told to stop hears nothing any more. */
  post(message: To | { readonly stop: true }): void {
    if (this.isStopping) return;
    this.worker.postMessage(message);
    this.wake();
  }

  /** Lets it finish what it has in hand, and waits until it has. */
  stop(): Promise<void> {
    this.post({ stop: true });
    this.isStopping = true;
    return this.ended;
  }

  /** Waits until it has ended by itself. */
  wait(): Promise<void> {
    return this.ended;
  }
}

import type { KeyInput, KeyJson, NewKeyJson } from '../../server/http/key-protocol.ts';
import { errorText, type Api } from '../api.ts';

/** How often we look who used them. */
const LOOK_MS = 10_000;

/** The keys of the zone. */
export class Keys {
  /** The newest first; null until they are known. */
  list = $state.raw<readonly KeyJson[] | null>(null);
  /** The one just made, with its secret, until its owner has put that away. */
  made = $state.raw<NewKeyJson | null>(null);
  fault = $state('');
  private readonly api: Api;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(api: Api) {
    this.api = api;
  }

  start(): void {
    void this.load();
    this.timer = setInterval(() => document.hidden || void this.load(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async load(): Promise<void> {
    try {
      this.list = (await this.api.keys()).keys.toReversed();
      this.fault = '';
    } catch (error) {
      this.fault = errorText(error);
    }
  }

  /** Rejects with what is wrong with the limits. */
  async make(input: KeyInput): Promise<void> {
    this.made = await this.api.makeKey(input);
    await this.load();
  }

  /** Returns whether it is gone. */
  async revoke({ id }: KeyJson): Promise<boolean> {
    try {
      await this.api.revokeKey(id);
      if (this.made?.id === id) this.made = null;
      await this.load();
      return true;
    } catch (error) {
      this.fault = errorText(error);
      return false;
    }
  }
}

import type { NewSessionJson, SessionJson } from '../server/http/protocol.ts';
import { ApiError, createApi, errorText, type Api } from './api.ts';
import { strings } from './strings/strings.ts';

/** Who we are to the server: asking, nobody, or the holder of a zone. */
export class Session {
  state = $state<'starting' | 'none' | 'open'>('starting');
  current = $state.raw<SessionJson | null>(null);
  /** Shown once, after a new subdomain was dug. */
  key = $state('');
  /** A sentence for the landing page: why we are back here, or why we cannot get in. */
  notice = $state('');
  readonly api: Api;

  constructor() {
    this.api = createApi(
      (path, init) => fetch(path, init),
      () => this.lost(),
    );
  }

  /** Asks who we are. An answer that does not come leaves an open session open: the server may only be away. */
  async check(): Promise<void> {
    try {
      const session = await this.api.session();
      if (session.zone !== null) this.#opened(session);
      else if (this.state === 'open') this.lost();
      else this.state = 'none';
    } catch (error) {
      if (this.state === 'open') return;
      this.state = 'none';
      this.notice = errorText(error);
    }
  }

  async create(): Promise<void> {
    const session: NewSessionJson = await this.api.newSession();
    this.key = session.key;
    this.#opened(session);
  }

  async open(key: string): Promise<void> {
    this.#opened(await this.api.openSession(key.trim()));
  }

  async end(): Promise<void> {
    try {
      await this.api.endSession();
    } catch (error) {
      if (!isNobody(error)) throw error;
    }
    this.#closed(strings.landing.left);
  }

  /** The server no longer knows us. */
  lost(): void {
    if (this.state === 'open') this.#closed(strings.landing.ended);
  }

  #opened(session: SessionJson): void {
    this.notice = '';
    this.current = session;
    this.state = 'open';
  }

  #closed(notice: string): void {
    this.state = 'none';
    this.current = null;
    this.key = '';
    this.notice = notice;
  }
}

function isNobody(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

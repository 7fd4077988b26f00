/** Who may do it: anybody, a browser with a session, a program whose token has a right, a TSIG-less client of its own kind, the operator. */
export type Access = 'anybody' | 'session' | 'read' | 'write' | 'log' | 'operator' | 'acme-dns';

/** What an operation is told by its address, its body and its headers, in the sandpit of the examples. */
export interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON. */
  readonly body?: unknown;
}

/**
 * One way of calling the server. Names of types are those of the contract, from which their schemas are made. Examples are for a
 * fresh sandpit `otter1.digpit.test.` with a record `www` A 192.0.2.1 of id 3, whose edit, query, share and key have the id 1.
 */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As fastify has it. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** Parameters of the query part, and what they say. */
  readonly query?: Readonly<Record<string, string>>;
  /** The type of the body, or `object` for one that stands in the example alone. */
  readonly body?: string;
  readonly status: number;
  /** The type of the reply, a media type where it is no JSON of ours, or null for none. */
  readonly reply: string | null;
  readonly example: Example;
}

export interface OperationGroup {
  readonly name: string;
  readonly about: string;
  readonly operations: readonly Operation[];
}

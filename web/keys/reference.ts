/** The parts of the description of the HTTP interface that the page shows. */
export interface Description {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, unknown>[];
  parameters: { name: string; in: 'path' | 'query'; description?: string; example?: string }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { schema?: { $ref?: string } }> }>;
}

/** One way to call the server, ready to be shown. */
export interface Call extends Pick<Operation, 'summary' | 'description' | 'parameters'> {
  id: string;
  method: string;
  path: string;
  body: string;
  /** A line for a shell; empty where there is no example that a program could send. */
  line: string;
  status: string;
  type: string;
}

/** What can be called, group by group. `page` is the address of the page, without a slash at its end. */
export function callsOf({ tags, paths }: Description, page: string): { name: string; about: string; calls: Call[] }[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return tags.map(({ name, description }) => ({
    name,
    about: description,
    calls: all.filter(({ operation }) => operation.tags.includes(name)).map((one) => callOf(one, page)),
  }));
}

function callOf({ path, method, operation }: { path: string; method: string; operation: Operation }, page: string): Call {
  const { operationId: id, summary, description, parameters, requestBody, responses } = operation;
  const example = Object.values(requestBody?.content ?? {})[0]?.example;
  const body = example === undefined ? '' : JSON.stringify(example, null, 2);
  const [status, reply] = Object.entries(responses)[0]!;
  const [media, content] = Object.entries(reply.content ?? {})[0] ?? ['', {}];
  const type = content.schema?.$ref?.split('/').at(-1) ?? media;
  const line = lineOf({ path, method, operation }, example, page);
  return { id, summary, ...(description && { description }), parameters, method, path, body, line, status, type };
}

function lineOf(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  example: unknown,
  page: string,
): string {
  const takesToken = operation.security.some((scheme) => 'token' in scheme);
  const isOpen = operation.security.length === 0 && (operation.requestBody === undefined || example !== undefined);
  if (!takesToken && !isOpen) return '';
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(operation, name));
  const query = operation.parameters.filter((one) => one.in === 'query' && one.example !== undefined);
  const search = query.map(({ name, example: value }) => `${name}=${encodeURIComponent(value!)}`).join('&');
  const parts = [
    'curl',
    method === 'get' || (method === 'post' && example !== undefined) ? '' : `-X ${method.toUpperCase()}`,
    takesToken ? "-H 'Authorization: Bearer TOKEN'" : '',
    example === undefined ? '' : `--json '${JSON.stringify(example)}'`,
    `'${page}${filled}${search && `?${search}`}'`,
  ];
  return parts.filter(Boolean).join(' ');
}

function valueOf({ parameters }: Operation, name: string): string {
  return encodeURIComponent(parameters.find((one) => one.name === name)?.example ?? name);
}

import type { KeyJson } from '../../server/http/key-protocol.ts';
import type { SessionJson } from '../../server/http/protocol.ts';
import { withoutFinalDot } from '../format.ts';

/** Where a key is used. */
export interface Place {
  /** With its final dot. */
  readonly zone: string;
  readonly dns: SessionJson['dns'];
  /** Address of the page, without a slash at its end. */
  readonly page: string;
}

/** What a program is to be told; each part is a file, or is typed in a shell where it has none. */
export interface Recipe {
  readonly tool: string;
  readonly parts: readonly { readonly file?: string; readonly text: string }[];
}

/** Stands where the secret belongs once nobody knows it any more. */
const UNKNOWN = 'SECRET';

/** Ready lines for programs that can use a key. `secret` is null when it was shown before. */
export function recipesFor(key: KeyJson, secret: string | null, place: Place): Recipe[] {
  const used = { ...placeOf(place), secret: secret ?? UNKNOWN };
  if (key.kind !== 'tsig') return key.kind === 'token' ? tokenRecipes(used) : [];
  return tsigRecipes({ ...used, key: key.name!, algorithm: key.algorithm! });
}

interface Used {
  readonly zone: string;
  readonly host: string;
  readonly port: number;
  /** Host and port as one, an IPv6 address in brackets. */
  readonly server: string;
  readonly page: string;
  readonly secret: string;
}

interface UsedTsig extends Used {
  readonly key: string;
  readonly algorithm: string;
}

function placeOf({ zone, dns: { host, port }, page }: Place): Omit<Used, 'secret'> {
  const server = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { zone: withoutFinalDot(zone), host, port, server, page };
}

function tsigRecipes(used: UsedTsig): Recipe[] {
  return [nsupdate, certbot, lego, acmeSh, octoDns, dnsControl, externalDns, certManager, terraform].map((recipe) =>
    recipe(used),
  );
}

function nsupdate({ zone, host, port, key, algorithm, secret }: UsedTsig): Recipe {
  const lines = [`server ${host} ${port}`, `zone ${zone}`, `update add www.${zone} 60 A 192.0.2.1`, 'send'];
  return { tool: 'nsupdate', parts: [{ text: `nsupdate -y ${algorithm}:${key}:${secret} <<'END'\n${lines.join('\n')}\nEND` }] };
}

function certbot({ zone, host, port, key, algorithm, secret }: UsedTsig): Recipe {
  const file = lines(
    `dns_rfc2136_server = ${host}`,
    `dns_rfc2136_port = ${port}`,
    `dns_rfc2136_name = ${key}.`,
    `dns_rfc2136_secret = ${secret}`,
    `dns_rfc2136_algorithm = ${algorithm.toUpperCase()}`,
  );
  const run = lines(
    'chmod 600 digpit.ini',
    `certbot certonly --dns-rfc2136 --dns-rfc2136-credentials digpit.ini -d ${zone} -d '*.${zone}'`,
  );
  return { tool: 'certbot', parts: [{ file: 'digpit.ini', text: file }, { text: run }] };
}

/** Its variables begin with DNSUPDATE_ from version 5 on. */
function lego({ zone, server, key, algorithm, secret }: UsedTsig): Recipe {
  const run = lines(
    `export RFC2136_NAMESERVER=${server}`,
    `export RFC2136_TSIG_ALGORITHM=${algorithm}.`,
    `export RFC2136_TSIG_KEY=${key}.`,
    `export RFC2136_TSIG_SECRET=${secret}`,
    `lego --email you@example.com --dns rfc2136 --domains ${zone} --domains '*.${zone}' run`,
  );
  return { tool: 'lego', parts: [{ text: run }] };
}

function acmeSh({ zone, host, port, key, algorithm, secret }: UsedTsig): Recipe {
  const run = lines(
    `export NSUPDATE_SERVER=${host} NSUPDATE_SERVER_PORT=${port} NSUPDATE_ZONE=${zone}.`,
    'export NSUPDATE_KEY="$PWD/digpit.key"',
    `acme.sh --issue --dns dns_nsupdate -d ${zone} -d '*.${zone}'`,
  );
  const file = lines(`key "${key}." {`, `  algorithm ${algorithm};`, `  secret "${secret}";`, '};');
  return { tool: 'acme.sh', parts: [{ file: 'digpit.key', text: file }, { text: run }] };
}

function octoDns({ zone, host, port, key, algorithm, secret }: UsedTsig): Recipe {
  const file = lines(
    'providers:',
    '  config:',
    '    class: octodns.provider.yaml.YamlProvider',
    '    directory: ./zones',
    '  digpit:',
    '    class: octodns_bind.Rfc2136Provider',
    `    host: ${host}`,
    `    port: ${port}`,
    `    key_name: ${key}`,
    `    key_secret: ${secret}`,
    `    key_algorithm: ${algorithm}`,
    'zones:',
    `  ${zone}.:`,
    '    sources: [config]',
    '    targets: [digpit]',
  );
  return { tool: 'octoDNS', parts: [{ file: 'config.yaml', text: file }, { text: 'octodns-sync --config-file config.yaml' }] };
}

function dnsControl({ zone, server, key, algorithm, secret }: UsedTsig): Recipe {
  const full = `${algorithm}:${key}.:${secret}`;
  return dnsControlWith(zone, { digpit: { TYPE: 'AXFRDDNS', master: server, 'transfer-key': full, 'update-key': full } });
}

function dnsControlWith(zone: string, credentials: object): Recipe {
  const config = lines(
    'var REG = NewRegistrar("none");',
    'var DIGPIT = NewDnsProvider("digpit");',
    `D("${zone}", REG, DnsProvider(DIGPIT),`,
    '  A("www", "192.0.2.1"));',
  );
  return {
    tool: 'DNSControl',
    parts: [
      { file: 'creds.json', text: JSON.stringify(credentials, null, 2) },
      { file: 'dnsconfig.js', text: config },
      { text: 'dnscontrol preview' },
    ],
  };
}

function externalDns({ zone, host, port, key, algorithm, secret }: UsedTsig): Recipe {
  const run = [
    'external-dns --source=ingress --registry=txt --txt-owner-id=digpit',
    `  --provider=rfc2136 --rfc2136-host=${host} --rfc2136-port=${port}`,
    `  --rfc2136-zone=${zone} --domain-filter=${zone} --rfc2136-tsig-axfr`,
    `  --rfc2136-tsig-keyname=${key} --rfc2136-tsig-secret-alg=${algorithm}`,
    `  --rfc2136-tsig-secret=${secret}`,
  ].join(' \\\n');
  return { tool: 'external-dns', parts: [{ text: run }] };
}

function certManager({ server, key, algorithm, secret }: UsedTsig): Recipe {
  const issuer = lines(
    'apiVersion: cert-manager.io/v1',
    'kind: Issuer',
    'metadata:',
    '  name: digpit',
    'spec:',
    '  acme:',
    '    server: https://acme-v02.api.letsencrypt.org/directory',
    '    privateKeySecretRef:',
    '      name: digpit-account',
    '    solvers:',
    '      - dns01:',
    '          rfc2136:',
    `            nameserver: "${server}"`,
    `            tsigKeyName: ${key}`,
    `            tsigAlgorithm: ${algorithm.replaceAll('-', '').toUpperCase()}`,
    '            tsigSecretSecretRef:',
    '              name: digpit-tsig',
    '              key: secret',
  );
  const run = lines(
    `kubectl create secret generic digpit-tsig --from-literal=secret=${secret}`,
    'kubectl apply -f issuer.yaml',
  );
  return { tool: 'cert-manager', parts: [{ file: 'issuer.yaml', text: issuer }, { text: run }] };
}

function terraform({ zone, host, port, key, algorithm, secret }: UsedTsig): Recipe {
  const file = lines(
    'provider "dns" {',
    '  update {',
    `    server        = "${host}"`,
    `    port          = ${port}`,
    `    key_name      = "${key}."`,
    `    key_algorithm = "${algorithm}"`,
    `    key_secret    = "${secret}"`,
    '  }',
    '}',
    '',
    'resource "dns_a_record_set" "www" {',
    `  zone      = "${zone}."`,
    '  name      = "www"',
    '  addresses = ["192.0.2.1"]',
    '  ttl       = 60',
    '}',
  );
  return { tool: 'Terraform', parts: [{ file: 'main.tf', text: file }, { text: 'terraform init && terraform apply' }] };
}

function tokenRecipes(used: Used): Recipe[] {
  return [curl, legoByHttp, acmeShByHttp, acmeDns, octoDnsByHttp, dnsControlByHttp, externalDnsByHttp, terraformByHttp].map(
    (recipe) => recipe(used),
  );
}

function curl({ page, secret }: Used): Recipe {
  const authorization = `-H 'Authorization: Bearer ${secret}'`;
  const record = JSON.stringify({ name: 'www', type: 'A', ttl: 60, content: '192.0.2.1' });
  const run = lines(
    `curl ${authorization} ${page}/api/records`,
    `curl ${authorization} --json '${record}' ${page}/api/records`,
    `curl ${authorization} -N ${page}/api/tail`,
  );
  return { tool: 'curl', parts: [{ text: run }] };
}

function legoByHttp({ zone, page, secret }: Used): Recipe {
  const run = lines(
    `export PDNS_API_URL=${page}`,
    `export PDNS_API_KEY=${secret}`,
    `lego --email you@example.com --dns pdns --domains ${zone} --domains '*.${zone}' run`,
  );
  return { tool: 'lego', parts: [{ text: run }] };
}

function acmeShByHttp({ zone, page, secret }: Used): Recipe {
  const run = lines(
    `export PDNS_Url=${page} PDNS_ServerId=localhost PDNS_Token=${secret}`,
    `acme.sh --issue --dns dns_pdns -d ${zone} -d '*.${zone}'`,
  );
  return { tool: 'acme.sh', parts: [{ text: run }] };
}

/** Its clients make themselves an account, and say which CNAME is to lead there from another domain. */
function acmeDns({ page, secret }: Used): Recipe {
  const run = lines(
    `export ACME_DNS_API_BASE=${page}/acme-dns/${secret}`,
    'export ACME_DNS_STORAGE_PATH=acme-dns.json',
    'lego --email you@example.com --dns acme-dns --domains www.example.com run',
  );
  return { tool: 'acme-dns', parts: [{ text: run }] };
}

function octoDnsByHttp({ zone, page, secret }: Used): Recipe {
  const { protocol, hostname, port } = new URL(page);
  const file = lines(
    'providers:',
    '  config:',
    '    class: octodns.provider.yaml.YamlProvider',
    '    directory: ./zones',
    '  digpit:',
    '    class: octodns_powerdns.PowerDnsProvider',
    `    scheme: ${protocol.slice(0, -1)}`,
    `    host: ${hostname}`,
    `    port: ${port || (protocol === 'https:' ? 443 : 80)}`,
    `    api_key: ${secret}`,
    'zones:',
    `  ${zone}.:`,
    '    sources: [config]',
    '    targets: [digpit]',
  );
  return { tool: 'octoDNS', parts: [{ file: 'config.yaml', text: file }, { text: 'octodns-sync --config-file config.yaml' }] };
}

function dnsControlByHttp({ zone, page, secret }: Used): Recipe {
  const digpit = { TYPE: 'POWERDNS', apiKey: secret, apiUrl: page, serverName: 'localhost' };
  return dnsControlWith(zone, { digpit });
}

function externalDnsByHttp({ zone, page, secret }: Used): Recipe {
  const run = [
    'external-dns --source=ingress --registry=txt --txt-owner-id=digpit',
    `  --provider=pdns --pdns-server=${page} --domain-filter=${zone}`,
    `  --pdns-api-key=${secret}`,
  ].join(' \\\n');
  return { tool: 'external-dns', parts: [{ text: run }] };
}

function terraformByHttp({ zone, page, secret }: Used): Recipe {
  const file = lines(
    'provider "powerdns" {',
    `  server_url = "${page}"`,
    `  api_key    = "${secret}"`,
    '}',
    '',
    'resource "powerdns_record" "www" {',
    `  zone    = "${zone}."`,
    `  name    = "www.${zone}."`,
    '  type    = "A"',
    '  ttl     = 60',
    '  records = ["192.0.2.1"]',
    '}',
  );
  return { tool: 'Terraform', parts: [{ file: 'main.tf', text: file }, { text: 'terraform init && terraform apply' }] };
}

function lines(...all: string[]): string {
  return all.join('\n');
}

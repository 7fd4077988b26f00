import { dnsControlWith, lines, type Recipe, type Used } from './recipe.ts';

/** Lines for programs that come over HTTP. */
export function tokenRecipes(used: Used): Recipe[] {
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

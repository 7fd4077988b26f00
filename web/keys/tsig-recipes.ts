import { dnsControlWith, lines, type Recipe, type Used } from './recipe.ts';

interface UsedTsig extends Used {
  readonly key: string;
  readonly algorithm: string;
}

/** Lines for programs that sign what they send. */
export function tsigRecipes(used: UsedTsig): Recipe[] {
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

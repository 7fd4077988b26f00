import { createHash } from 'node:crypto';
import type { TargetId } from './sites.ts';

const STYLE = `html{color-scheme:light}body{margin:0;min-height:100vh;display:grid;place-content:center;gap:.6rem;padding:1.5rem;
box-sizing:border-box;text-align:center;font:1.1rem/1.5 system-ui,sans-serif}h1{margin:0;font-size:clamp(2.5rem,12vw,6rem)}
p{margin:0;max-width:32rem}b{overflow-wrap:anywhere;unicode-bidi:isolate}.orange{background:#f08a24;color:#1f1002}
.teal{background:#0b6f70;color:#f2fffd}`;

/** Nothing but this style may come into the page, and nothing goes out of it. */
export const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

const WORDS = {
  en: {
    colours: { orange: 'orange', teal: 'teal' },
    asked: 'You asked for',
    nothing: 'You asked for no host at all.',
    any: 'I answer to any name. Many names may lead to one address; the Host header tells them apart.',
    known: 'I keep one site for every name that begins with teal, and this is one of them.',
    unknown: 'You have come to the right address, but there is no site of that name here: I know names that begin with teal.',
  },
  de: {
    colours: { orange: 'Orange', teal: 'Petrol' },
    asked: 'Du hast gefragt nach',
    nothing: 'Du hast nach gar keinem Host gefragt.',
    any: 'Ich höre auf jeden Namen. Viele Namen können zu einer Adresse führen; der Host-Header unterscheidet sie.',
    known: 'Ich habe eine Website für jeden Namen, der mit teal beginnt, und das ist einer davon.',
    unknown: 'Die Adresse stimmt, aber eine Website dieses Namens gibt es hier nicht: Ich kenne Namen, die mit teal beginnen.',
  },
} as const;

/**
 * What a site shows whoever asked for `host`. Orange answers to any; teal is like a host of many sites, and says 404 to names that
 * it does not know.
 */
export function makePage(id: TargetId, host: string, languages: string): { status: number; html: string } {
  const words = /^\s*de\b/i.test(languages) ? WORDS.de : WORDS.en;
  const isKnown = id === 'orange' || /^teal(?![a-z])/i.test(host);
  const text = id === 'orange' ? words.any : isKnown ? words.known : words.unknown;
  const asked = host === '' ? words.nothing : `${words.asked} <b>${escapeHtml(host)}</b>.`;
  const html = `<!doctype html><html lang="${words === WORDS.de ? 'de' : 'en'}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${words.colours[id]}</title><style>${STYLE}</style>
<body class="${id}"><h1>${words.colours[id]}</h1><p>${asked}</p><p>${text}</p></body></html>
`;
  return { status: isKnown ? 200 : 404, html };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Every English text of the page. A translation is one more file of this shape; strings.ts names it. Examples are in records/forms.ts. */
import { formatNumber } from './locale.ts';

const many = (count: number, one: string, more: string): string => `${formatNumber(count)} ${count === 1 ? one : more}`;

/** What is said about a record type, and about each field of its form. */
export interface TypeWords {
  about: string;
  fields: Record<string, { label: string; hint: string }>;
}

export const strings = {
  product: 'Digpit',
  title: 'Digpit, a DNS sandpit',
  language: 'Language',
  skip: 'Skip to the sandpit',
  copy: 'Copy',
  copied: 'Copied',
  copyThing: (thing: string) => `Copy ${thing}`,
  close: 'Close',
  dismiss: 'Dismiss',
  cancel: 'Cancel',

  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },

  errors: {
    unreachable: 'The server cannot be reached at the moment. Nothing was changed; try again.',
    unreadable: (status: number) => `The server answered with status ${status} and no explanation.`,
  },

  landing: {
    title: ['Dig a hole in the DNS.', 'See who falls in.'],
    what: 'Digpit lends you a subdomain: change its records here, and watch every question the world asks about them arrive, live, with the network that asked.',
    dig: 'Dig a subdomain',
    digging: 'Digging…',
    haveKey: 'I have a key',
    keyHint: 'It was shown when the subdomain was dug, and brings it back in this browser.',
    open: 'Bring it back',
    opening: 'Looking…',
    ended: 'That session has ended. The subdomain is still there: its key brings it back.',
    left: 'You have left. The subdomain stays where it is; its key brings it back.',
    picture:
      'A spade stands in a heap of sand beside a bucket. A crab looks out of a freshly dug hole, holding up a flag that says A, question mark.',
  },

  key: {
    title: 'Keep this key',
    label: 'the key',
    why: 'It brings this subdomain back in another browser. We keep no copy that can be read, so we cannot show it again.',
    kept: 'I have kept it',
  },

  session: {
    end: 'End session',
    endTitle: 'End this session?',
    endWhy:
      'The subdomain and its records stay, and are answered as before. Only its key brings you back to them: without the key, nothing does.',
    endYes: 'End session',
    endNo: 'Stay here',
    toRecords: 'Records',
    toLog: 'Live log',
    zone: 'the subdomain',
  },

  records: {
    title: 'Records',
    caption: 'Records of this subdomain, grouped by name, the subdomain itself first',
    columns: { type: 'Type', content: 'Content', ttl: 'TTL', actions: 'Actions' },
    loading: 'Reading the records…',
    retry: 'Try again',
    count: (count: number) => many(count, 'record', 'records'),
    edit: 'Edit',
    editThing: (thing: string) => `Edit ${thing}`,
    remove: 'Delete',
    removeThing: (thing: string) => `Delete ${thing}`,
    removed: (thing: string) => `Deleted ${thing}.`,
    removedMany: (count: number) => `Deleted ${many(count, 'record', 'records')}.`,
    undo: 'Undo',
    undone: 'Put back.',
    added: (thing: string) => `Added ${thing}. It is being answered already.`,
    saved: (thing: string) => `Saved ${thing}. It is being answered already.`,
    removeAll: 'Delete all',
    removeAllTitle: 'Delete every record?',
    removeAllWhy: 'A fresh SOA and NS stay, because no zone can be without them. The live log is not touched.',
    removeAllYes: 'Delete all',
    removeAllNo: 'Keep them',
    apex: 'the subdomain itself',
  },

  form: {
    addTitle: 'Add a record',
    editTitle: (thing: string) => `Edit ${thing}`,
    name: 'Name',
    nameHint: '@ is the subdomain itself, * any other name.',
    type: 'Type',
    otherType: 'Other type…',
    typeName: 'Type by name or number',
    typeNameHint: 'A mnemonic, or TYPE and a number.',
    ttl: 'TTL',
    ttlHint: 'Seconds for which resolvers may remember the answer.',
    ttlWords: (words: string) => `That is ${words}.`,
    add: 'Add record',
    adding: 'Adding…',
    save: 'Save',
    saving: 'Saving…',
    example: 'For example',
    preview: 'You are writing',
    ttlSiblings: (count: number, words: string) =>
      count === 1
        ? `A name and type have one TTL: the other record changes to ${words} too.`
        : `A name and type have one TTL: the ${count} other records change to ${words} too.`,
    choose: (value: string) => `Use ${value}`,
    didYouMean: 'Which did you mean?',
  },

  types: {
    A: {
      about: 'An IPv4 address: where a name is to be found.',
      fields: { address: { label: 'IPv4 address', hint: 'Four numbers from 0 to 255.' } },
    },
    AAAA: {
      about: 'An IPv6 address: the same as A, for the larger internet.',
      fields: { address: { label: 'IPv6 address', hint: 'Groups of hexadecimal digits; :: stands for zeros.' } },
    },
    CAA: {
      about: 'Who may issue TLS certificates for this name.',
      fields: {
        flags: { label: 'Flags', hint: '0, or 128 for critical.' },
        tag: { label: 'Tag', hint: 'What is being ruled.' },
        value: { label: 'Value', hint: 'A certificate authority, or ; for nobody.' },
      },
    },
    CNAME: {
      about: 'Another name for something: look there instead. It cannot stand beside other records.',
      fields: { target: { label: 'Target', hint: 'The name to look up instead.' } },
    },
    HTTPS: {
      about: 'How a browser should reach this site: protocols, port, address hints.',
      fields: {
        priority: { label: 'Priority', hint: '0 makes it an alias; else the lowest is tried first.' },
        target: { label: 'Target', hint: 'The server. A single dot means this name.' },
        params: { label: 'Parameters', hint: 'key=value, parted by blanks. May be empty.' },
      },
    },
    MX: {
      about: 'Where mail for this name is delivered.',
      fields: {
        preference: { label: 'Preference', hint: 'The lowest is tried first.' },
        exchange: { label: 'Mail server', hint: 'A name that has an address, not an address.' },
      },
    },
    NS: {
      about: 'Hands this name, and all below it, to another name server.',
      fields: { target: { label: 'Name server', hint: 'The server that knows what is below.' } },
    },
    PTR: {
      about: 'Points at another name; mostly used to turn addresses back into names.',
      fields: { target: { label: 'Target', hint: 'The name it points at.' } },
    },
    SOA: {
      about: 'The start of the zone: who keeps it, and for how long a “no” may be remembered. Exactly one.',
      fields: {
        mname: { label: 'Primary server', hint: 'The server with the original.' },
        rname: { label: 'Mailbox', hint: 'Who to write to; the @ may be a dot.' },
        serial: { label: 'Serial', hint: 'Goes up with every edit.' },
        refresh: { label: 'Refresh', hint: 'Seconds between looks of a secondary.' },
        retry: { label: 'Retry', hint: 'Seconds until it looks again after failing.' },
        expire: { label: 'Expire', hint: 'Seconds until it gives up.' },
        minimum: { label: 'Negative TTL', hint: 'Seconds for which “no” may be remembered.' },
      },
    },
    SRV: {
      about: 'Which server and port offer a service, as in _imaps._tcp.',
      fields: {
        priority: { label: 'Priority', hint: 'The lowest is tried first.' },
        weight: { label: 'Weight', hint: 'Share among equals.' },
        port: { label: 'Port', hint: '0 to 65535.' },
        target: { label: 'Target', hint: 'The server. A single dot: not offered.' },
      },
    },
    SVCB: {
      about: 'How to reach a service: HTTPS for everything that is not the web.',
      fields: {
        priority: { label: 'Priority', hint: '0 makes it an alias; else the lowest is tried first.' },
        target: { label: 'Target', hint: 'The server. A single dot means this name.' },
        params: { label: 'Parameters', hint: 'key=value, parted by blanks. May be empty.' },
      },
    },
    TXT: {
      about: 'Any text: proofs of ownership, SPF, DKIM, poems.',
      fields: { text: { label: 'Text', hint: 'Written as it is. Begin with a quote to part the strings yourself.' } },
    },
    other: {
      about: 'Any other type: DS, NAPTR, TLSA, SSHFP, LOC … or TYPE and its number.',
      fields: {
        content: {
          label: 'Data',
          hint: 'As a zone file says it; or \\# then the number of octets, then their hexadecimal digits (RFC 3597).',
        },
      },
    },
  } satisfies Record<string, TypeWords>,

  live: {
    title: 'Live log',
    list: 'Queries, newest first',
    state: { starting: 'Connecting…', open: 'Live', waiting: 'Reconnecting…', paused: 'Paused' },
    pause: 'Pause',
    resume: 'Resume',
    waiting: (count: number) => `${many(count, 'new query', 'new queries')} · show`,
    paused: 'Paused: nothing new yet',
    clear: 'Clear log',
    clearTitle: 'Clear the log?',
    clearWhy: 'Every query logged for this subdomain is deleted, in all tabs. The records stay.',
    clearYes: 'Clear log',
    clearNo: 'Keep it',
    announce: 'Announce',
    announceWhy: 'Tell screen readers about new queries',
    announcement: (count: number, newest: string) => `${many(count, 'new query', 'new queries')}, the latest for ${newest}.`,
    empty: 'Nobody has asked yet.',
    emptyTry: 'Ask yourself. Try:',
    emptyNote: 'Then look here. Each question arrives as it is asked, with its answer and the network it came from.',
    digLine: 'the dig line',
    loading: 'Reading the log…',
    older: 'Show older queries',
    loadingOlder: 'Reading older queries…',
    end: 'That is the beginning of the log.',
    full: 'That is as far back as one page goes. Resume at the top to make room.',
    dropped: (count: number) =>
      `${many(count, 'query was', 'queries were')} answered but not logged since the server started: it puts answering first.`,
    noAnswers: 'no records',
    moreAnswers: (count: number) => `and ${many(count, 'more record', 'more records')}`,
    subnetFor: 'for',
    truncated: 'truncated',
    networkKinds: { 'public resolver': 'a public resolver', cloud: 'a cloud', access: 'an access network' },
    noNetwork: { loopback: 'this server itself', private: 'a private network', global: 'unknown network' },
  },

  detail: {
    loading: 'Reading the messages…',
    gone: 'This query has left the log.',
    query: 'Query',
    response: 'Response',
    size: (octets: number) => many(octets, 'octet', 'octets'),
    source: 'From',
    port: (port: number) => `port ${port}`,
    subnet: 'On behalf of',
    asked: 'Asked',
    id: 'id',
    flags: 'flags',
    noFlags: 'none',
    sections: { question: 'Question', answer: 'Answer', authority: 'Authority', additional: 'Additional' },
    edns: 'EDNS',
    ednsLine: (version: number, udpSize: number, dnssecOk: boolean) =>
      `version ${version} · up to ${udpSize} octets over UDP${dnssecOk ? ' · DO' : ''}`,
    option: (code: number) => `option ${code}`,
    octets: 'Octets',
    fault: 'Reading stopped:',
  },
};

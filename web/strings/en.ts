/** Every English text of the page. A translation is one more file of this shape; strings.ts names it. Examples are in records/forms.ts. */
import { choices, fields, groups, otherType, types } from './en.types.ts';
import { ask, detail, fields as messageFields, filter, live, options, shared, who, why } from './en-log.ts';
import { practice } from './en-practice.ts';
import { formatNumber } from './locale.ts';

const many = (count: number, one: string, more: string): string => `${formatNumber(count)} ${count === 1 ? one : more}`;

export const strings = {
  product: 'Digpit',
  title: 'Digpit, a DNS sandpit',
  language: 'Language',
  skip: 'Skip to the sandpit',
  copy: 'Copy',
  copied: 'Copied',
  copyThing: (thing: string) => `Copy ${thing}`,
  cancel: 'Cancel',

  theme: { label: 'Theme', system: 'System', light: 'Light', dark: 'Dark' },

  sections: {
    label: 'Sections',
    names: {
      playground: 'Playground',
      experiments: 'Experiments',
      practice: 'Resolvers',
      keys: 'Keys',
      words: 'Words',
      about: 'About',
    },
    loading: 'One moment…',
  },

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
    sides: 'Parts of the playground',
    toRecords: 'Records',
    toLog: 'Live log',
    zone: 'the subdomain',
  },

  records: {
    title: 'Records',
    caption: 'Records of this subdomain, grouped by name, the subdomain itself first',
    columns: { name: 'Name', type: 'Type', content: 'Content', ttl: 'TTL', actions: 'Actions' },
    loading: 'Reading the records…',
    retry: 'Try again',
    count: (count: number) => many(count, 'record', 'records'),
    edit: 'Edit',
    editThing: (thing: string) => `Edit ${thing}`,
    duplicate: 'Make another like it',
    duplicateThing: (thing: string) => `Make another ${thing}`,
    addTo: (name: string) => `Add a record to ${name}`,
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
    views: {
      label: 'Ways to look at the records',
      table: 'Table',
      add: 'Paste lines',
      replace: 'As text',
      import: 'Import',
      history: 'History',
    },
    download: 'Zone file',
    downloadWhy: 'Download the zone as a file that any name server reads',
    bare: 'A bare sandpit: so far there are only the SOA and NS records that every zone has.',
    bareTry: 'Try an A record for www: any address will do, such as 192.0.2.7. Then ask for it.',
  },

  text: {
    add: {
      title: 'Paste lines of a zone file',
      what: 'One record a line: name, TTL, type, data. They are added to what is there.',
      label: 'Lines to add',
      apply: 'Add these',
    },
    replace: {
      title: 'The whole zone as text',
      what: 'Change anything; what you take out is deleted. The serial counts on by itself.',
      label: 'The zone file',
      apply: 'Save the zone',
    },
    import: {
      title: 'Bring the records of another domain here',
      what: 'Paste what dig prints about it, or its zone file. Its names are moved to your subdomain; nothing changes over there.',
      label: 'What dig printed, or a zone file',
      apply: 'Import these',
    },
    from: 'Taken from',
    fromHint: 'The domain whose names become yours. Empty: a guess.',
    fromGuess: (name: string) => `It looks like ${name}.`,
    preview: 'What will change',
    nothing: 'Nothing would change.',
    waiting: 'Type or paste something, and see here what it would do.',
    counts: (added: number, removed: number) => `${formatNumber(added)} new, ${formatNumber(removed)} gone`,
    added: 'New',
    removed: 'Gone',
    skipped: (count: number) => `${many(count, 'line is', 'lines are')} left out`,
    line: (line: number) => `Line ${line}`,
    reasons: {
      duplicate: 'is there already',
      outside: 'is not of that domain',
      soa: 'your zone has its own SOA',
      apex_ns: 'your zone has its own name servers',
      signature: 'signs another zone, and would fit no more',
    },
    faults: (count: number) => `${many(count, 'fault', 'faults')} to mend first. Nothing is changed until then.`,
    applying: 'Saving…',
    applied: (added: number, removed: number) =>
      `Done: ${formatNumber(added)} new, ${formatNumber(removed)} gone. It is being answered already.`,
    stale: 'The zone was changed since you loaded it, perhaps in another tab. Copy what you need before you load it afresh.',
    reload: 'Load it afresh',
    loading: 'Fetching the zone…',
  },

  history: {
    title: 'What was done',
    what: 'Every edit of the last while, newest first. Any of them can be taken back, with all that came after it; even that can be taken back.',
    empty: 'Nothing has been changed yet. Once something is, it can be undone from here.',
    loading: 'Reading the history…',
    kinds: {
      add: 'Added',
      change: 'Changed',
      delete: 'Deleted',
      clear: 'Deleted all',
      paste: 'Pasted lines',
      text: 'Edited as text',
      import: 'Imported',
      undo: 'Undid a deletion',
      restore: 'Went back',
      update: 'Updated by a program',
    },
    and: (count: number) => `and ${many(count, 'more', 'more')}`,
    show: (what: string) => `Show what changed: ${what}`,
    restore: 'Back to before this',
    restoreThing: (what: string) => `Back to before this: ${what}`,
    restored: 'The zone is what it was. It is being answered already.',
    serial: (serial: number) => `serial ${serial}`,
    by: (key: string) => `with the key ${key}`,
    byOperator: 'by who runs this server',
  },

  expiry: {
    kept: (day: string, distance: string) =>
      `Kept until ${day} (${distance}). Every visit and every edit begins that time anew.`,
    soon: (distance: string) => `This subdomain will be deleted ${distance}, with its records and its log.`,
    extend: 'Keep it longer',
    extended: (day: string) => `Kept until ${day}.`,
  },

  form: {
    addTitle: 'Add a record',
    editTitle: (thing: string) => `Edit ${thing}`,
    name: 'Name',
    fullName: (name: string) => `In full: ${name}`,
    nameHint: '@ is the subdomain itself, * any other name.',
    type: 'Type',
    types: 'Record types',
    noType: 'No type is called that. TYPE and a number will do for any.',
    otherValue: 'Another value…',
    nothing: 'nothing',
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
    webAddress: (text: string) =>
      `“${text}” is the address of a page. Only the name goes here, without what is before and behind it.`,
    didYouMean: 'Which did you mean?',
  },

  groups,
  fields,
  choices,
  types,
  otherType,

  live,
  filter,
  detail,
  messageFields,
  options,
  why,
  who,
  ask,
  shared,
  practice,
};

import type { FastifyReply } from 'fastify';
import { soaOf } from '../store/zone-change.ts';
import type { StoredZone, ZoneStore } from '../store/zones.ts';
import { Name } from '../wire/name.ts';
import { serialOf } from '../zone/apex.ts';
import { parseOrigin } from '../zone/input.ts';
import { writeMasterFile } from '../zone/master-writer.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { Editor, Outcome } from './editing.ts';
import { Refusal } from './errors.ts';
import type { ZoneEditInput, ZoneEditJson } from './protocol.ts';
import { recordToLine, sortRecords } from './record-json.ts';
import type { Access } from './session-gate.ts';
import { KIND_OF } from './zone-text.ts';

/** A zone as a text, out and in: the same for its owner, for a program with a token and for the operator. */
export class TextEditor {
  private readonly zones: ZoneStore;
  private readonly editor: Editor;

  constructor(zones: ZoneStore, editor: Editor) {
    this.zones = zones;
    this.editor = editor;
  }

  /** The zone in master-file form. */
  write({ id, origin }: StoredZone): string {
    return writeMasterFile(sortRecords(this.zones.read(id)), origin);
  }

  /** Sends the zone as a file that is called like it. */
  sendFile(zone: StoredZone, reply: FastifyReply): FastifyReply {
    const file = zone.origin.toText().slice(0, -1);
    void reply.header('Content-Disposition', `attachment; filename="${file}.zone"`).type('text/dns; charset=utf-8');
    return reply.send(this.write(zone));
  }

  /** What the text of a body would do. */
  preview({ zone }: Pick<Access, 'zone'>, body: unknown): ZoneEditJson {
    const { input, from } = readEdit(body);
    return this.toJson(zone, this.editor.preview(zone, input, from));
  }

  /** Does what the text of a body says: all of it, or nothing. */
  apply(access: Access, body: unknown): ZoneEditJson {
    const { zone } = access;
    const { input, from } = readEdit(body);
    if (input.serial !== undefined && input.serial !== this.serialOf(zone)) throw new Refusal('zone_changed');
    return this.toJson(zone, this.editor.applyText(access, input, from));
  }

  /** Makes the zone what it was before an edit. */
  restore(access: Access, editId: number): ZoneEditJson {
    return this.toJson(access.zone, this.editor.restore(access, editId));
  }

  private serialOf({ id }: StoredZone): number {
    return serialOf(soaOf(this.zones.read(id)).rdata);
  }

  private toJson(zone: StoredZone, outcome: Outcome): ZoneEditJson {
    return {
      serial: this.serialOf(zone),
      from: outcome.from.toText(),
      ...linesOf(zone, outcome),
      skipped: outcome.skipped.map(({ record, line, reason }) => ({ ...recordToLine(record, zone.origin), line, reason })),
      faults: outcome.faults.map(({ choices: _choices, ...fault }) => fault),
    };
  }
}

/** What an edit took away and brought, in order. */
export function linesOf(
  { origin }: StoredZone,
  { removed, added }: { readonly removed: readonly ZoneRecord[]; readonly added: readonly ZoneRecord[] },
) {
  return {
    removed: sortRecords(removed).map((record) => recordToLine(record, origin)),
    added: sortRecords(added).map((record) => recordToLine(record, origin)),
  };
}

/** The body of an edit by text; refuses what is none. */
function readEdit(body: unknown): { input: ZoneEditInput; from: Name | null } {
  const { mode, text, from, serial } = (body ?? {}) as Record<string, unknown>;
  if (typeof mode !== 'string' || !Object.hasOwn(KIND_OF, mode))
    throw badField('mode', 'mode is add, replace, import or undo.');
  if (typeof text !== 'string') throw badField('text', 'text is the lines of a zone file.');
  if (serial !== undefined && typeof serial !== 'number') throw badField('serial', 'serial is a number.');
  if (from !== undefined && typeof from !== 'string') throw badField('from', 'from is the name of a domain.');
  const origin = from === undefined || from.trim() === '' ? null : parseOrigin(from.trim());
  if (origin !== null && !(origin instanceof Name))
    throw new Refusal('bad_parameter', { field: 'from', message: origin.message });
  return { input: { mode: mode as ZoneEditInput['mode'], text, ...(serial !== undefined && { serial }) }, from: origin };
}

function badField(field: string, message: string): Refusal {
  return new Refusal('bad_request', { field, message });
}

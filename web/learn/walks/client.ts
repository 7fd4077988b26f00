import { plain, type Look, type Notes } from './walk.ts';

export interface Service {
  readonly priority: number;
  readonly weight: number;
  readonly port: string;
  readonly target: string;
}

/** A program that looks for a service: RFC 2782. `random` gives numbers from 0 up to 1. */
export async function goAsClient(look: Look, name: string, notes: Notes, random: () => number): Promise<string> {
  const services = (await notes.look(look, name, 'SRV')).map(({ content }) => read(content));
  if (services.length === 0) {
    notes.bad('srvNone');
    return 'none';
  }
  if (services.length === 1 && services[0]!.target === '.') {
    notes.bad('srvNotHere');
    return 'refused';
  }
  const order = orderOf(services, random);
  notes.say('srvOrder', order.map(({ target, port }) => `${plain(target)}:${port}`).join(', '));
  for (const { target, port, priority } of order) {
    const [address] = await notes.look(look, target, 'A');
    if (address) {
      notes.good('srvConnects', plain(target), address.content, port);
      return priority === order[0]!.priority ? 'connected' : 'fallback';
    }
    notes.bad('hostWithoutAddress', plain(target));
  }
  notes.bad('srvNobody');
  return 'nobody';
}

/** The lowest priority first; within one, drawn by weight, without putting back. */
export function orderOf(services: readonly Service[], random: () => number): Service[] {
  const left = [...services];
  const order: Service[] = [];
  while (left.length > 0) {
    const lowest = Math.min(...left.map(({ priority }) => priority));
    // Those of weight 0 stand first, so that they are drawn only when the number is 0.
    const group = left.filter(({ priority }) => priority === lowest).sort((a, b) => a.weight - b.weight);
    let point = random() * group.reduce((sum, { weight }) => sum + weight, 0);
    const drawn = group.find(({ weight }) => (point -= weight) <= 0)!;
    order.push(drawn);
    left.splice(left.indexOf(drawn), 1);
  }
  return order;
}

function read(content: string): Service {
  const [priority, weight, port, target] = content.split(' ') as [string, string, string, string];
  return { priority: Number(priority), weight: Number(weight), port, target };
}

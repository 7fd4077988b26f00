import type { Exchange } from '../answer/exchange.ts';
import { isMappedIpv4, parseAddress } from '../wire/address.ts';

/** Addresses remembered. Resolvers ask from few addresses, floods from many: then all are forgotten and it begins again. */
const MAX_REMEMBERED = 4096;

/** Turns the text that Node's sockets give for an address into octets, remembering those it has seen. */
export class SourceOctets {
  private readonly known = new Map<string, Uint8Array>();

  describe(exchange: Exchange, address: string, port: number): void {
    const octets = this.known.get(address) ?? this.learn(address);
    exchange.address.set(octets);
    exchange.addressLength = octets.length;
    exchange.port = port;
  }

  private learn(address: string): Uint8Array {
    // A link-local address comes with the interface behind a percent sign.
    const octets = parseAddress(address.split('%')[0]!) ?? new Uint8Array(4);
    const plain = octets.length === 16 && isMappedIpv4(octets) ? octets.subarray(12) : octets;
    if (this.known.size >= MAX_REMEMBERED) this.known.clear();
    this.known.set(address, plain);
    return plain;
  }
}

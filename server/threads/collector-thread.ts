/** The thread that takes what other name servers report, so that a fleet's flood keeps neither the page nor our own answers waiting. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock.ts';
import { Collector } from '../feeds/collector.ts';
import { Intake } from '../feeds/intake.ts';
import { Tally } from '../feeds/tally.ts';
import { Ring } from '../querylog/ring.ts';
import { Waker } from '../querylog/waker.ts';
import { Name } from '../wire/name.ts';
import { ZoneSet } from '../zone/zone-set.ts';
import { Zone } from '../zone/zone.ts';
import type { CollectorThreadData, FromCollectorThread, ToUdpThread } from './contract.ts';

const data = workerData as CollectorThreadData;
const port = parentPort!;
const post = (message: FromCollectorThread): void => port.postMessage(message);

const zones = new ZoneSet();
const tally = new Tally(data.tally);
const wake = new Waker(data.waker).wake;
const intake = new Intake({ zones, ring: new Ring(data.ring), wake, clock: systemClock, tally });
const collector = new Collector(intake, tally, data.allowed);

port.on('message', (message: ToUdpThread) => {
  if ('set' in message) zones.set(new Zone(message.set));
  else if ('deleted' in message) zones.delete(Name.fromOctets(message.deleted));
  else void collector.stop().then(() => port.close());
});

try {
  const places = [];
  for (const place of data.places) places.push(await collector.listen(place));
  post({ places });
} catch (fault) {
  await collector.stop();
  post({ fault: (fault as Error).message });
  port.close();
}

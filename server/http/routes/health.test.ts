import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House } from '../../../tests/support/http.ts';

let house: House;

beforeEach(() => {
  house = new House();
});

afterEach(() => house.close());

describe('/healthz', () => {
  it('says that the process is alive, whatever else is wrong', async () => {
    house.probe = async () => 'no answer';
    const reply = await house.app.inject('/healthz');
    expect([reply.statusCode, reply.json()]).toEqual([200, { status: 'ok' }]);
  });
});

describe('/readyz', () => {
  it('says that DNS is answered', async () => {
    const reply = await house.app.inject('/readyz');
    expect([reply.statusCode, reply.json()]).toEqual([200, { status: 'ok', checks: { dns: 'ok' } }]);
  });

  it('says what is wrong when it is not', async () => {
    house.probe = async () => 'no answer within a second';
    const reply = await house.app.inject('/readyz');
    expect([reply.statusCode, reply.json()]).toEqual([
      503,
      { status: 'failing', checks: { dns: 'no answer within a second' } },
    ]);
  });

  it('fails when the probe does', async () => {
    house.probe = async () => Promise.reject(new Error('inner detail'));
    const reply = await house.app.inject('/readyz');
    expect(reply.statusCode).toBe(503);
    expect(reply.body).not.toContain('inner detail');
  });
});

describe('/metrics', () => {
  const metrics = async () => (await house.app.inject('/metrics')).body.split('\n').filter((line) => !line.startsWith('#'));

  it('counts what the server does, and nothing of any visitor', async () => {
    const visitor = await house.visitor();
    house.dropped = 7;
    const found = await metrics();
    expect(found).toEqual(
      expect.arrayContaining([
        'digpit_dns_requests_total{proto="udp"} 12',
        'digpit_dns_requests_total{proto="tcp"} 3',
        'digpit_dns_responses_total{rcode="NOERROR"} 14',
        'digpit_transfers_total{kind="axfr",result="done"} 5',
        'digpit_transfers_total{kind="ixfr",result="refused"} 2',
        'digpit_notify_total{outcome="sent"} 9',
        'digpit_log_dropped_total 7',
        'digpit_zones 1',
        'digpit_viewers 0',
        `digpit_build_info{version="1.2.3",node="${process.version}"} 1`,
      ]),
    );
    expect(found.join('\n')).not.toContain(visitor.zone.split('.')[0]);
  });

  it('tells the times of answers as Prometheus has histograms: each bucket holds those before it', async () => {
    expect((await metrics()).filter((line) => line.startsWith('digpit_dns_request_duration_seconds'))).toEqual([
      'digpit_dns_request_duration_seconds_bucket{le="0.000001"} 3',
      'digpit_dns_request_duration_seconds_bucket{le="0.000002"} 5',
      'digpit_dns_request_duration_seconds_bucket{le="+Inf"} 6',
      'digpit_dns_request_duration_seconds_sum 0.25',
      'digpit_dns_request_duration_seconds_count 6',
    ]);
  });

  it('does not count the same twice', async () => {
    house.dropped = 7;
    await metrics();
    expect(await metrics()).toContain('digpit_log_dropped_total 7');
    expect(await metrics()).toContain('digpit_dns_requests_total{proto="udp"} 12');
  });

  it('is text as Prometheus reads it', async () => {
    expect((await house.app.inject('/metrics')).headers['content-type']).toContain('text/plain; version=0.0.4');
  });
});

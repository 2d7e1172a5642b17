import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Circumstances,
  type Course,
  initialCourse,
  type Link,
  stateOf,
  type TunnelEffect,
  type TunnelEvent,
  transition,
} from '../../../electron/tunnel/course';
import { report } from '../../support/samples';

const none: Link = { kind: 'none' };
const onItsWay: Link = { kind: 'onItsWay' };
const ready: Link = { kind: 'ready' };
const unreachable: Link = { kind: 'failed', error: report('connection-refused') };
const refusedKey: Link = { kind: 'failed', error: report('key-refused') };
const taken = report('local-port-in-use', { port: 8080 });

/** A tunnel whose circumstances the test sets. */
class Rig {
  course: Course = initialCourse;
  effects: readonly TunnelEffect[] = [];
  #link: Link = none;

  constructor(private readonly part: Partial<Circumstances> = {}) {}

  send(event: TunnelEvent): this {
    const circumstances = { forward: 'local', startsWith: 'connection', nowMs: 7, ...this.part } as const;
    const { course, effects } = transition(this.course, event, { ...circumstances, link: this.#link });
    this.course = course;
    this.effects = effects;
    return this;
  }

  link(link: Link): this {
    this.#link = link;
    return this.send({ kind: 'linkChanged' });
  }

  on(): this {
    this.send({ kind: 'turnedOn' });
    return this;
  }

  opened = (): this => this.send({ kind: 'opened', openingId: this.course.openingId });
  openFailed = (): this => this.send({ kind: 'openFailed', openingId: this.course.openingId, error: taken });
  retryDue = (): this => this.send({ kind: 'retryDue', openingId: this.course.openingId });

  get kinds(): readonly string[] {
    return this.effects.map(({ kind }) => kind);
  }

  get state() {
    return stateOf(this.course);
  }
}

describe('a tunnel from this computer', () => {
  it('opens its port at once and connects; it is active when both are there', () => {
    const rig = new Rig().on();
    expect(rig.kinds).toEqual(['hold', 'open']);
    rig.link(onItsWay).opened();
    expect(rig.state).toEqual({ kind: 'waiting' });
    rig.link(ready);
    expect(rig.state).toEqual({ kind: 'active', sinceMs: 7 });
  });

  it('keeps its port while the connection is away', () => {
    const rig = new Rig().on().link(ready).opened().link(onItsWay);
    expect(rig.state).toEqual({ kind: 'waiting' });
    expect(rig.kinds).toEqual([]);
    rig.link(ready);
    expect(rig.state.kind).toBe('active');
    expect(rig.kinds).toEqual([]);
  });

  it('gives its port back when the user disconnects, and opens it with the next connection', () => {
    const rig = new Rig().on().link(ready).opened().link(none);
    expect(rig.state).toEqual({ kind: 'standby' });
    expect(rig.kinds).toEqual(['close', 'letGo']);
    rig.link(onItsWay);
    expect(rig.state).toEqual({ kind: 'standby' });
    rig.link(ready);
    expect(rig.kinds).toEqual(['hold', 'open']);
  });

  it('goes off for good when it is started by hand and the user disconnects', () => {
    const rig = new Rig({ startsWith: 'hand' }).on().link(ready).opened().link(none);
    expect(rig.state).toEqual({ kind: 'off' });
    expect(rig.kinds).toEqual(['close', 'letGo', 'forgetSwitch']);
  });

  it('whose port is taken says so, whatever the connection does, until it is turned on again', () => {
    const rig = new Rig().on().link(ready).openFailed();
    expect(rig.state).toEqual({ kind: 'failed', error: taken });
    expect(rig.link(onItsWay).link(ready).state.kind).toBe('failed');
    expect(rig.on().kinds).toEqual(['hold', 'open']);
  });

  it('says why the machine can not be reached, keeps its port, and connects again when asked to', () => {
    const rig = new Rig().on().link(onItsWay).opened().link(unreachable);
    expect(rig.state).toMatchObject({ kind: 'failed', error: { code: 'connection-refused' } });
    expect(rig.kinds).toEqual([]);
    expect(rig.on().kinds).toEqual(['hold']);
    expect(rig.state.kind).toBe('waiting');
  });

  it('that starts with the app tries again by itself, but never a log-in that was refused', () => {
    const rig = new Rig({ startsWith: 'app' }).on().link(onItsWay).opened().link(unreachable);
    expect(rig.kinds).toEqual(['retryLater']);
    expect(rig.retryDue().kinds).toEqual(['hold']);
    expect(rig.link(refusedKey).kinds).toEqual([]);
  });

  it('that starts with the app tries at once in another network, but never a log-in that was refused', () => {
    const make = () => new Rig({ startsWith: 'app' }).on().link(onItsWay).opened();
    const changed: TunnelEvent = { kind: 'networkChanged' };
    expect(make().link(unreachable).send(changed).kinds).toEqual(['hold']);
    expect(make().link(refusedKey).send(changed).kinds).toEqual([]);
    const withConnection = new Rig().on().link(onItsWay).opened().link(unreachable);
    expect(withConnection.send(changed).kinds).toEqual([]);
    expect(make().link(ready).send(changed).kinds).toEqual([]);
  });
});

describe('a tunnel whose own end closes without being asked to', () => {
  const endLost: TunnelEvent = { kind: 'endLost' };

  it('opens it again when it is on this computer, wherever it was', () => {
    expect(new Rig().on().link(ready).opened().send(endLost).kinds).toEqual(['open']);
    expect(new Rig().on().link(onItsWay).opened().send(endLost).kinds).toEqual(['open']);
    const opening = new Rig().on();
    const late = opening.course.openingId;
    expect(opening.send(endLost).kinds).toEqual(['open']);
    // What the lost one still says is not believed.
    expect(opening.send({ kind: 'openFailed', openingId: late, error: taken }).state.kind).toBe('opening');
  });

  it('leaves it closed when it was off or had failed to open', () => {
    expect(new Rig().send(endLost).kinds).toEqual([]);
    expect(new Rig().on().openFailed().send(endLost).kinds).toEqual([]);
  });

  it('leaves it to the connection when it is on the machine', () => {
    expect(new Rig({ forward: 'remote' }).on().link(ready).opened().send(endLost).kinds).toEqual([]);
  });
});

describe('a tunnel from the machine', () => {
  const make = () => new Rig({ forward: 'remote' }).on().link(onItsWay);

  it('waits for the connection, and asks for its port on each one', () => {
    const rig = make();
    expect(rig.state.kind).toBe('waiting');
    expect(rig.link(ready).kinds).toEqual(['open']);
    expect(rig.opened().state.kind).toBe('active');
    expect(rig.link(onItsWay).kinds).toEqual(['close']);
    expect(rig.link(ready).kinds).toEqual(['open']);
  });

  it('that is refused keeps trying, less and less often', () => {
    const rig = make().link(ready);
    const delays = Array.from({ length: 7 }, () => {
      const [effect] = rig.openFailed().effects;
      expect(rig.state.kind).toBe('failed');
      rig.retryDue();
      return effect?.kind === 'retryLater' ? effect.delayMs : null;
    });
    expect(delays).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('that failed because the connection went waits for it', () => {
    const rig = make().link(ready);
    const asked = rig.course.openingId;
    rig.link(onItsWay).send({ kind: 'openFailed', openingId: asked, error: taken });
    expect(rig.state).toEqual({ kind: 'waiting' });
  });
});

describe('a tunnel that is turned off', () => {
  it('closes, and what was under way is too late', () => {
    const rig = new Rig().on().link(ready);
    const { openingId } = rig.course;
    expect(rig.send({ kind: 'turnedOff' }).kinds).toEqual(['close', 'letGo']);
    expect(rig.send({ kind: 'opened', openingId }).state).toEqual({ kind: 'off' });
  });

  it('does nothing when the machine is connected', () => {
    expect(new Rig().link(ready).state).toEqual({ kind: 'off' });
  });
});

it('that is armed waits for a connection, or takes the one that is there', () => {
  expect(new Rig().send({ kind: 'armed' }).state).toEqual({ kind: 'standby' });
  expect(new Rig().link(ready).send({ kind: 'armed' }).kinds).toEqual(['hold', 'open']);
});

it('holds the connection exactly while it is on and not on standby, whatever happens in whatever order', () => {
  const links = [none, onItsWay, ready, unreachable, refusedKey];
  const step = fc.oneof(
    fc.constantFrom<(rig: Rig) => Rig>(
      (rig) => rig.on(),
      (rig) => rig.send({ kind: 'armed' }),
      (rig) => rig.send({ kind: 'turnedOff' }),
      (rig) => rig.opened(),
      (rig) => rig.openFailed(),
      (rig) => rig.retryDue(),
      (rig) => rig.send({ kind: 'endLost' }),
    ),
    fc.constantFrom(...links).map((link) => (rig: Rig) => rig.link(link)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('local', 'remote', 'dynamic'),
      fc.constantFrom('connection', 'app', 'hand'),
      fc.array(step, { maxLength: 40 }),
      (forward, startsWith, steps) => {
        const rig = new Rig({ forward, startsWith });
        let isHeld = false;
        for (const take of steps) {
          take(rig);
          for (const { kind } of rig.effects) {
            if (kind === 'hold') isHeld = true;
            if (kind === 'letGo') isHeld = false;
          }
          expect(isHeld).toBe(rig.state.kind !== 'off' && rig.state.kind !== 'standby');
        }
      },
    ),
    { numRuns: 2000 },
  );
});

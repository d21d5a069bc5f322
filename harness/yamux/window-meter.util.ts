import { FRAME_TYPE, INITIAL_WINDOW } from './constants.js';
import type { FrameHeader } from './frame.js';

interface Flow {
  bytes: number;
  outstanding: number;
}

/** Follows a session's frames: how many bytes were sent, and how far each sender was into its window. */
export class WindowMeter {
  readonly #flows = { in: new Map<number, Flow>(), out: new Map<number, Flow>() };
  /** The most bytes that were sent and not given back, on any stream. */
  readonly most = { in: 0, out: 0 };
  /** Frames that a sender should have waited with. */
  readonly violations: string[] = [];

  readonly onFrame = (direction: 'in' | 'out', header: FrameHeader): void => {
    if (header.type === FRAME_TYPE.data) {
      const flow = this.flow(direction, header.streamId);
      flow.bytes += header.length;
      flow.outstanding += header.length;
      this.most[direction] = Math.max(this.most[direction], flow.outstanding);
      if (flow.outstanding > INITIAL_WINDOW) {
        this.violations.push(`${direction}, stream ${header.streamId}: ${flow.outstanding}`);
      }
    } else if (header.type === FRAME_TYPE.windowUpdate) {
      this.flow(direction === 'in' ? 'out' : 'in', header.streamId).outstanding -= header.length;
    }
  };

  /** Bytes sent in one direction, on all streams. */
  bytes(direction: 'in' | 'out'): number {
    return [...this.#flows[direction].values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  flow(direction: 'in' | 'out', streamId: number): Flow {
    const flows = this.#flows[direction];
    let flow = flows.get(streamId);
    if (!flow) flows.set(streamId, (flow = { bytes: 0, outstanding: 0 }));
    return flow;
  }
}

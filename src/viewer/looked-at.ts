// Says to whoever listens in this browser which series are looked at: a report beside them is not signed before all were.

const CHANNEL = 'fascia-looked-at';

export interface LookedAt {
  studyInstanceUid: string;
  seriesInstanceUid: string;
}

const channel = new BroadcastChannel(CHANNEL);

export const sayLookedAt = (looked: LookedAt): void => channel.postMessage(looked);

/** Returns what ends it. */
export function hearLookedAt(heard: (looked: LookedAt) => void): () => void {
  const listening = new BroadcastChannel(CHANNEL);
  listening.onmessage = ({ data }: MessageEvent<LookedAt>) => heard(data);
  return () => listening.close();
}

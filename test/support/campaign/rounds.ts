// How long a campaign goes on: in `npm test` as long as a test may take, in `npm run campaign` as long as it is told to and
// with faults that nobody saw before.

const rounds = process.env.CAMPAIGN_ROUNDS;

/** Rounds to be played, where `npm test` plays `usual`. */
export const campaignRounds = (usual: number): number => (rounds === undefined ? usual : Number(rounds));

export const campaignSeed = Number(process.env.CAMPAIGN_SEED ?? (rounds === undefined ? 42 : Date.now() % 2 ** 20));

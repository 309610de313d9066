import type { NamedMigration } from '../migrate.ts';
import { signIn } from './0001-sign-in.ts';
import { registry } from './0002-registry.ts';
import { diagnostics } from './0003-diagnostics.ts';
import { results } from './0004-results.ts';
import { support } from './0005-support.ts';
import { journal } from './0006-journal.ts';
import { aggregates } from './0007-aggregates.ts';
import { answerFiles } from './0008-answer-files.ts';
import { workshop } from './0009-workshop.ts';
import { observations } from './0010-observations.ts';
import { campaignCentre } from './0011-campaign-centre.ts';
import { draftRevisions } from './0012-draft-revisions.ts';
import { itemCompletion } from './0013-item-completion.ts';
import { draftSeconds } from './0014-draft-seconds.ts';
import { campaignLock } from './0015-campaign-lock.ts';
import { participantPosition } from './0016-participant-position.ts';
import { observationFiles } from './0017-observation-files.ts';
import { remarkings } from './0018-remarkings.ts';
import { riskProfile } from './0019-risk-profile.ts';
import { batchArrival } from './0020-batch-arrival.ts';
import { schoolContext } from './0021-school-context.ts';
import { pupilCodes } from './0022-pupil-codes.ts';
import { deidentification } from './0023-deidentification.ts';

/** Every step of the records' shape, in order; it grows only. */
export const MIGRATIONS: readonly NamedMigration[] = [
	signIn,
	registry,
	diagnostics,
	results,
	support,
	journal,
	aggregates,
	answerFiles,
	workshop,
	observations,
	campaignCentre,
	draftRevisions,
	itemCompletion,
	draftSeconds,
	campaignLock,
	participantPosition,
	observationFiles,
	remarkings,
	riskProfile,
	batchArrival,
	schoolContext,
	pupilCodes,
	deidentification,
];

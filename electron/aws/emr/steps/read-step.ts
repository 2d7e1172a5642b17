import {
  commandRunner,
  type EmrStep,
  type EmrStepState,
  emrStepStates,
  StepFailureAction,
} from '../../../../shared/model/emr-step';
import type { AwsOutput } from '../../aws-session';

export type ListedStep = NonNullable<AwsOutput<'emr.listSteps'>['Steps']>[number];

const isState = (state: string | undefined): state is EmrStepState =>
  (emrStepStates as readonly (string | undefined)[]).includes(state);

/** A step as EMR lists it; null: it has no id or a state of another world. */
export function readStep({ Id, Name, Config, ActionOnFailure, Status }: ListedStep): EmrStep | null {
  const { State, StateChangeReason, FailureDetails, Timeline } = Status ?? {};
  if (Id === undefined || !isState(State)) return null;
  const reasons = [StateChangeReason?.Message, FailureDetails?.Reason, FailureDetails?.Message];
  return {
    id: Id,
    name: Name ?? '',
    // `TERMINATE_JOB_FLOW` is the old name of the last of them.
    onFailure: StepFailureAction.safeParse(ActionOnFailure).data ?? 'TERMINATE_CLUSTER',
    jar: Config?.Jar ?? commandRunner,
    mainClass: Config?.MainClass ?? '',
    args: Config?.Args ?? [],
    state: State,
    reason: [...new Set(reasons.filter(Boolean))].join(' '),
    createdAtMs: Timeline?.CreationDateTime?.getTime() ?? null,
    startedAtMs: Timeline?.StartDateTime?.getTime() ?? null,
    endedAtMs: Timeline?.EndDateTime?.getTime() ?? null,
  };
}

import { DiagnosisFinding } from '../../troubleshooting/diagnosis/diagnosis';
import { ProfileVerdict } from '../../troubleshooting/diagnosis/profile';
import { FoundProfile } from '../documents/found-profile';

/** A symptom, and what the profile has to do with it. */
export interface ReportedFinding extends DiagnosisFinding {
  /** Undefined without a profile, or for a symptom in which no call has failed. */
  readonly verdict?: ProfileVerdict;
}

/** What `diagnose` found out. */
export interface DiagnoseReport {
  readonly findings: readonly ReportedFinding[];
  readonly lines: number;
  readonly found?: FoundProfile;
}

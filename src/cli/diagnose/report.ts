import { DiagnosisFinding } from '../../troubleshooting/diagnosis/diagnosis';
import { ProfileVerdict } from '../../troubleshooting/diagnosis/profile';
import { FoundProfile } from '../documents/found-profile';

/** A symptom with the verdict on the profile. */
export interface ReportedFinding extends DiagnosisFinding {
  /** Undefined without a profile, or for a symptom without a failed call. */
  readonly verdict?: ProfileVerdict;
}

/** The content of the report, which each format prints. */
export interface DiagnoseReport {
  readonly findings: readonly ReportedFinding[];
  readonly lines: number;
  readonly found?: FoundProfile;
}

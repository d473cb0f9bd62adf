import Command
import Worker

/// The settings that move timers, under MITx Online's names (`spec/openedx.md` §1, §15). Those without an entry in
/// ``Job/timing`` fire at fixed times.
enum TimerSetting {
    static let retryPeriod = period(
        "openedx.retryFrequency", "RETRY_FAILED_EDX_ENROLLMENT_FREQUENCY", "how often enrollments are retried")
    static let repairPeriod = period(
        "openedx.repairFrequency", "REPAIR_OPENEDX_USERS_FREQUENCY",
        "how often accounts are repaired, halfway between the retries of enrollments")

    static let runSyncHours = hours("runSync", "CRON_COURSERUN_SYNC", "0", "course runs are synced")
    static let runSyncDays = days("runSync", "CRON_COURSERUN_SYNC", "course runs are synced")
    static let certificateHours = hours("certificates", "CRON_COURSE_CERTIFICATES", "*", "grades are taken over")
    static let certificateDays = days("certificates", "CRON_COURSE_CERTIFICATES", "grades are taken over")
    static let upgradeHours = hours(
        "upgrades", "CRON_UPGRADE_PROGRAM_ENROLLMENTS", "1", "program enrollments are upgraded")
    static let upgradeDays = days("upgrades", "CRON_UPGRADE_PROGRAM_ENROLLMENTS", "program enrollments are upgraded")
    static let programCertificateHours = hours(
        "programCertificates", "CRON_MISSING_PROGRAM_CERTIFICATES", "2", "program certificates are issued")
    static let programCertificateDays = days(
        "programCertificates", "CRON_MISSING_PROGRAM_CERTIFICATES", "program certificates are issued")
    static let treeCheckHours = hours("treeCheck", "CRON_ORPHAN_CHECK", "3", "requirement trees are checked")
    static let treeCheckDays = days("treeCheck", "CRON_ORPHAN_CHECK", "requirement trees are checked")

    private static func period(_ key: String, _ variable: String, _ meaning: String) -> Setting<Duration> {
        Setting(key, .duration, preset: "1800", environment: [variable], meaning)
    }

    private static func hours(
        _ key: String, _ variable: String, _ preset: String, _ what: String
    ) -> Setting<CronField> {
        Setting(
            "\(key)Hours", .cronHours, preset: preset, environment: ["\(variable)_HOURS"], "the hours at which \(what)")
    }

    private static func days(_ key: String, _ variable: String, _ what: String) -> Setting<CronField> {
        Setting(
            "\(key)Days", .cronDays, preset: "*", environment: ["\(variable)_DAYS"],
            "the days on which \(what), 0 for Sunday")
    }
}

extension RetryEnrollments {
    static let timing = Timing.period(TimerSetting.retryPeriod)
}

extension RepairUsers {
    static let timing = Timing.halfwayThrough(TimerSetting.repairPeriod)
}

extension SyncCourseRuns {
    static let timing = Timing.cron(minute: 10, hours: TimerSetting.runSyncHours, days: TimerSetting.runSyncDays)
}

extension GenerateCertificates {
    static let timing = Timing.cron(
        minute: 0, hours: TimerSetting.certificateHours, days: TimerSetting.certificateDays)
}

extension UpgradeProgramEnrollments {
    static let timing = Timing.cron(minute: 0, hours: TimerSetting.upgradeHours, days: TimerSetting.upgradeDays)
}

extension GenerateProgramCertificates {
    static let timing = Timing.cron(
        minute: 0, hours: TimerSetting.programCertificateHours, days: TimerSetting.programCertificateDays)
}

extension CheckRequirementTrees {
    static let timing = Timing.cron(minute: 0, hours: TimerSetting.treeCheckHours, days: TimerSetting.treeCheckDays)
}

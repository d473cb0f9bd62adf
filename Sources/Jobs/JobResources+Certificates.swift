import Flows
import HTTP
import Worker

extension JobResources {
    /// What has credentials signed within a run; nothing is, without settings. Calls to the signer are made once.
    func credentials(_ settings: CredentialIssuerSettings?, in context: JobContext) -> CredentialIssuer {
        CredentialIssuer(
            in: context, settings: settings,
            over: LoggingTransport(context.guarded(transport), log: context.log, time: context.time))
    }
}

namespace Slipway.Deployment.Images;

/// <summary>What a refused push calls for.</summary>
public enum PushRefusalKind
{
    /// <summary>A person.</summary>
    Final,

    /// <summary>Another try: the connection broke, or the registry stumbled.</summary>
    Passing,

    /// <summary>A new login: the token has ended or was taken back.</summary>
    LoginEnded,

    /// <summary>A look at what the tag is now: somebody wrote it, and it cannot be written again.</summary>
    TagTaken,
}

/// <summary>Why a registry did not take an image.</summary>
/// <param name="Kind">What it calls for.</param>
/// <param name="Words">The registry's own, without a secret.</param>
/// <param name="Remedy">What a person may try.</param>
public sealed record PushRefusal(PushRefusalKind Kind, string Words, string Remedy);

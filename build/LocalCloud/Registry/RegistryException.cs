namespace Slipway.LocalCloud.Registry;

/// <summary>A refusal with a code of the distribution specification ("MANIFEST_UNKNOWN").</summary>
internal sealed class RegistryException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}

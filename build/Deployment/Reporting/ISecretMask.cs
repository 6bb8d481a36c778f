namespace Slipway.Deployment.Reporting;

/// <summary>Keeps a secret that the run itself obtained out of the log, whoever prints it later: the login of a registry, a role's keys.</summary>
public interface ISecretMask
{
    /// <summary>Hides a text from now on; to be called before anything could print it.</summary>
    /// <param name="secret">One line, not empty.</param>
    void Mask(string secret);
}

/// <summary>For a terminal and for tests: nothing collects the output, so nothing can hide a part of it.</summary>
public sealed class NoSecretMask : ISecretMask
{
    /// <inheritdoc />
    public void Mask(string secret)
    {
        // Nobody to tell.
    }
}

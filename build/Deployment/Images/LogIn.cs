using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Images;

/// <summary>Lets an engine's own client check a login.</summary>
public interface IEngineLogin
{
    /// <summary>Logs in with an isolated configuration folder; the secret goes through standard input. A refusal is a
    /// <see cref="SlipwayException"/>.</summary>
    Task LogInAsync(RegistryLogin login, string configFolder, CancellationToken cancellationToken);
}

/// <summary>The work of EcrLogin: a fresh token, kept for Push where only this user can read it.</summary>
/// <param name="settings">What the run was told.</param>
/// <param name="logins">Where the login is kept.</param>
/// <param name="registry">Hands out tokens.</param>
/// <param name="engine">Checks the login where an engine will push; null where none will.</param>
/// <param name="report">Tells a person.</param>
public sealed class LogIn(DeploymentSettings settings, ILoginStore logins, IImageRegistry registry, IEngineLogin? engine, IReport report)
{
    /// <summary>Logs in; with <c>--image</c> or an existing revision there is nothing to log in for.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.StartsFrom is { } start)
        {
            report.Fact($"No login needed: {start}.");
            return;
        }

        var login = await registry.LoginAsync(cancellationToken);
        logins.Save(login);
        try
        {
            if (engine is not null)
                await engine.LogInAsync(login, logins.ConfigFolder, cancellationToken);
        }
        catch
        {
            logins.Remove();
            throw;
        }

        report.Fact($"Logged in to '{login.Endpoint}' as {login.UserName} until {login.ExpiresAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC.");
    }
}

/// <summary>The work of EcrLogout, and of the end of a whole run.</summary>
/// <param name="logins">Where the login is kept.</param>
/// <param name="report">Tells a person.</param>
public sealed class LogOut(ILoginStore logins, IReport report)
{
    /// <summary>Removes the login; says so where there was one.</summary>
    public void Run()
    {
        var existed = logins.Exists;
        logins.Remove();
        if (existed)
            report.Detail("The login to the registry is removed.");
    }
}

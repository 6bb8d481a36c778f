using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Artifacts;

/// <summary>
/// The login that EcrLogin leaves for Push: a Docker configuration of its own in
/// <c>artifacts/deploy/&lt;environment&gt;/docker-config/</c>, which
/// only this user can read, so that the user's own configuration and keychain stay untouched. The expiry is kept beside it, without the
/// secret.
/// </summary>
/// <param name="store">The environment's artifacts.</param>
/// <param name="time">The clock that says whether a token is still good.</param>
public sealed class LoginStore(ArtifactStore store, TimeProvider time) : ILoginStore
{
    private const string Expiry = "login.json";

    // A token that ends during the upload helps nobody.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public string ConfigFolder => Path.Combine(store.RepositoryRoot, store.Folder, "docker-config");

    private string ConfigFile => Path.Combine(ConfigFolder, "config.json");

    /// <inheritdoc />
    public void Save(RegistryLogin login)
    {
        var config = new JObject { ["auths"] = new JObject { [login.Server] = new JObject { ["auth"] = login.Authentication } } };
        try
        {
            Remove();
            PrivateFiles.CreateFolder(ConfigFolder);
            using (var file = new StreamWriter(PrivateFiles.Create(ConfigFile)))
                file.Write(config.ToString(Formatting.Indented) + "\n");
            var expiresAt = login.ExpiresAt.ToUniversalTime().ToString("O");
            var expiry = new JObject { ["schema"] = 1, ["endpoint"] = login.Endpoint, ["expiresAt"] = expiresAt };
            store.WriteText(Expiry, expiry.ToString(Formatting.Indented) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SlipwayException)
        {
            Remove();
            if (e is SlipwayException)
                throw;
            throw FileFailure.Of("write", store.PathOf("docker-config/config.json"), e);
        }
    }

    /// <inheritdoc />
    public RegistryLogin Read()
    {
        try
        {
            if (!File.Exists(ConfigFile) || !store.Exists(Expiry))
                throw Refusal("There is no login to the registry");
            var expiry = Load(store.ReadText(Expiry));
            var endpoint = (string?)expiry["endpoint"] ?? throw new JsonException("'endpoint' is missing");
            var expiresAt = DateTimeOffset.Parse((string?)expiry["expiresAt"] ?? "", System.Globalization.CultureInfo.InvariantCulture);
            if (expiresAt - Margin <= time.GetUtcNow())
                throw Refusal($"The login to '{endpoint}' ended at {expiresAt:yyyy-MM-dd HH:mm:ss} UTC");
            var auth = (string?)Load(File.ReadAllText(ConfigFile))["auths"]?[RegistryLogin.ServerOf(endpoint)]?["auth"]
                ?? throw new JsonException("'auth' is missing");
            var (user, password) = Split(Encoding.UTF8.GetString(Convert.FromBase64String(auth)));
            return new RegistryLogin(endpoint, user, password, expiresAt);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            // The text of the cause is left out: it may quote the file, and the file holds the secret.
            throw Refusal("The login to the registry cannot be read");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", store.PathOf("docker-config/config.json"), e);
        }
    }

    /// <inheritdoc />
    public bool Exists => Directory.Exists(ConfigFolder) || store.Exists(Expiry);

    /// <inheritdoc />
    public void Remove()
    {
        if (Directory.Exists(ConfigFolder))
            Directory.Delete(ConfigFolder, recursive: true);
        store.Remove(Expiry);
    }

    private static JObject Load(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
        return JObject.Load(reader);
    }

    private static (string User, string Password) Split(string pair) =>
        pair.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (pair[..colon], pair[(colon + 1)..])
            : throw new FormatException();

    private SlipwayException Refusal(string what) =>
        new(ExitCode.PreconditionFailed, $"{what}, environment '{store.Environment}'.",
            $"run {BuildCommand.For("EcrLogin", store.Environment)}");
}

namespace Cake.Docker;

/// <summary>The options of <c>docker login</c>.</summary>
public sealed class DockerRegistryLoginSettings : AutoToolSettings
{
    /// <summary>The password, which other users of the machine can see. Prefer <see cref="PasswordStdin"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Reads the password from standard input, which <c>SetupProcessSettings</c> gives.</summary>
    public bool? PasswordStdin { get; set; }

    /// <summary>The user name.</summary>
    public string? Username { get; set; }

    /// <inheritdoc/>
    protected override string[] CollectSecretProperties() => [nameof(Password)];
}

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>The graph against a registry that wants a user and a password, pulled from by a Docker Engine.</summary>
[TestFixture]
internal sealed class RegistryTests
{
    private Checkout _checkout = null!;
    private DockerRegistry _registry = null!;
    private string _home = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Engine.Require();
        if (Programs.Find("skopeo") is null) Assert.Ignore("There is no 'skopeo' on PATH.");
        _registry = await DockerRegistry.StartAsync();
        _checkout = Checkout.Create(withEngine: true);
        _home = Directory.CreateTempSubdirectory("slipway-home-").FullName;
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_checkout is not null) await _checkout.DisposeAsync();
        if (_registry is not null) await _registry.DisposeAsync();
        if (_home is not null) Directory.Delete(_home, recursive: true);
    }

    [TestCase("docker", "'docker login")]
    [TestCase("sdk", "refuses the login of 'AWS'")]
    public async Task A_deploy_pushes_to_a_registry_with_a_password_and_the_engine_pulls_from_it(string builder, string refused)
    {
        var config = WriteUserConfiguration();
        var before = Hash(config);
        var calls = WatchDocker();

        var first = await DeployAsync($"--builder={builder}");
        var containers = Engine.Run("ps", "--no-trunc", "--format", "{{.Image}}");
        var second = await DeployAsync($"--builder={builder}");
        var pushed = await ReadPushedAsync();
        await CopyBaseImageAsync();
        var onOwnBase = await _checkout.RunAsync(
            RegistryEnvironment, "--target=DockerBuild", "--exclusive", "--rebuild", $"--builder={builder}", $"--base-image={_registry.Host}/base/aspnet:10.0");
        _registry.WriteLogin("wrong-password");
        var third = await DeployAsync($"--builder={builder}");
        await _checkout.RunAsync("--target=LocalDown");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        var argv = File.ReadAllText(calls);
        Assert.Multiple(() =>
        {
            Assert.That(containers, Does.Contain($"{_registry.Host}/stream-ml-service@sha256:"));
            Assert.That(second.ExitCode, Is.Zero);
            Assert.That(second.Output, Does.Contain("nothing to build").And.Contain("nothing to push").And.Contain("nothing to deploy"));
            Assert.That(first.Output, Does.Contain(pushed), "another client sees the digest that was deployed");
            Assert.That(onOwnBase.ExitCode, Is.Zero, "the base image's registry is logged in to first");
            Assert.That(Directory.GetDirectories(_checkout.PathOf("artifacts"), "base-image-login-*"), Is.Empty);
            Assert.That(third.ExitCode, Is.EqualTo(3));
            Assert.That(third.Output, Does.Contain(refused).And.Not.Contain("wrong-password"));
            Assert.That(Hash(config), Is.EqualTo(before), "the user's own configuration is left alone");
            Assert.That(KeptByHelper, Does.Not.Exist, "and so is the user's helper");
            Assert.That(argv, builder == "docker" ? Does.Contain("login") : Does.Not.Contain("login"));
            Assert.That(argv, Does.Not.Contain(_registry.Password));
            Assert.That(first.Output + second.Output, Does.Not.Contain(_registry.Password));
            Assert.That(FilesWith(_registry.Password), Is.Empty);
        });
    }

    private string KeptByHelper => Path.Combine(_home, "kept-by-helper");

    private Dictionary<string, string?> RegistryEnvironment => new()
    {
        ["SLIPWAY_LOCAL_CLOUD_REGISTRY"] = _registry.Address,
        ["SLIPWAY_LOCAL_CLOUD_REGISTRY_LOGIN"] = _registry.LoginFile,
        ["DOCKER_CONFIG"] = _home,
        ["PATH"] = $"{_home}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
    };

    private Task<ScriptRun> DeployAsync(params string[] options) => _checkout.RunAsync(RegistryEnvironment, ["--target=Deploy", .. options]);

    /// <summary>The digest of the pushed image, as skopeo reads it.</summary>
    private async Task<string> ReadPushedAsync()
    {
        using var client = _registry.LoggedIn();
        var tags = JsonNode.Parse(await client.GetStringAsync(new Uri("/v2/stream-ml-service/tags/list", UriKind.Relative)))!["tags"]!.AsArray();
        var manifest = await SkopeoAsync(
            "inspect", "--raw", "--tls-verify=false", "--authfile", _registry.WriteAuthFile(), $"docker://{_registry.Host}/stream-ml-service:{tags.Single()}");
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)))}";
    }

    private Task<string> CopyBaseImageAsync() => SkopeoAsync(
        "copy", "--src-tls-verify=false", "--dest-tls-verify=false", "--dest-authfile", _registry.WriteAuthFile(),
        $"docker://127.0.0.1:{_checkout.Port}/dotnet/aspnet:10.0", $"docker://{_registry.Host}/base/aspnet:10.0");

    private static async Task<string> SkopeoAsync(params string[] arguments)
    {
        using var skopeo = Process.Start(new ProcessStartInfo("skopeo", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = skopeo.StandardError.ReadToEndAsync();
        var output = await skopeo.StandardOutput.ReadToEndAsync();
        await skopeo.WaitForExitAsync();
        Assert.That(skopeo.ExitCode, Is.Zero, await errors);
        return output;
    }

    /// <summary>With a credential helper that knows nobody, and writes down who wants to keep something with it.</summary>
    private string WriteUserConfiguration()
    {
        WriteProgram(
            "docker-credential-slipway-test",
            $$"""case "$1" in list) echo '{}';; get) echo 'credentials not found in native keychain'; exit 1;; *) echo "$1" >> '{{KeptByHelper}}';; esac""");
        var config = Path.Combine(_home, "config.json");
        File.WriteAllText(config, """{ "credsStore": "slipway-test", "auths": {} }""");
        return config;
    }

    /// <summary>Puts a 'docker' before the real one that writes down how it is called.</summary>
    private string WatchDocker()
    {
        var calls = Path.Combine(_home, "calls");
        WriteProgram("docker", $"printf '%s\\n' \"$*\" >> '{calls}'\nexec '{Programs.Find("docker")}' \"$@\"");
        return calls;
    }

    private void WriteProgram(string name, string body)
    {
        var file = Path.Combine(_home, name);
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string[] FilesWith(string secret)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{DockerRegistry.User}:{secret}"));
        return
        [
            .. Directory.EnumerateFiles(_checkout.PathOf("artifacts"), "*", SearchOption.AllDirectories)
                // The engine's pulls need it there, as on AWS the agent has it; only this user can read the folder.
                .Where(file => !file.StartsWith(_checkout.PathOf("artifacts", "local-cloud", "docker") + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .Where(file => File.ReadAllText(file) is var text
                    && (text.Contains(secret, StringComparison.Ordinal) || text.Contains(auth, StringComparison.Ordinal))),
        ];
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}

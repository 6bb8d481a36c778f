using System.Text;
using Cake.Docker.Tests;
using Slipway.Build.Docker;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Docker;

/// <summary>What is handed to the Docker CLI, on its command line and beside it.</summary>
[TestFixture]
internal sealed class DockerAdapterTests : AliasFixture
{
    private const string Host = "210987654321.dkr.ecr.eu-west-1.amazonaws.com";
    private static readonly RegistryLogin Login = new($"https://{Host}", "AWS", "s3cret", DateTimeOffset.MaxValue);

    private TemporaryFolder _folder = null!;
    private TestConsole _console = null!;
    private FakeProcessRunner _processes = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _console = new TestConsole().Width(500);
        _processes = new FakeProcessRunner().Runs("dotnet", _ =>
        {
            _folder.Write("artifacts/publish/t1/App.dll", "x");
            return new(0, [], "artifacts/logs/dotnet-publish.log");
        });
    }

    [TearDown]
    public void TearDown()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task The_token_goes_to_docker_login_by_standard_input_with_a_configuration_of_its_own()
    {
        DockerAnswers(buildx: false);

        await new DockerLoginCheck(Context, Engine, Report, Root).LogInAsync(Login, "/isolated", CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(Runner.Arguments, Is.EqualTo($"login --password-stdin --username \"AWS\" {Host}"));
            Assert.That(Encoding.UTF8.GetString(Runner.Settings.StandardInput!.Value.Span), Is.EqualTo("s3cret"));
            Assert.That(Runner.Settings.EnvironmentVariables["DOCKER_CONFIG"], Is.EqualTo("/isolated"));
            Assert.That(Runner.Settings.EnvironmentVariables.Values, Has.None.Contain("s3cret"));
        });
    }

    [Test]
    public async Task Several_platforms_are_built_by_buildx_into_an_archive()
    {
        DockerAnswers(buildx: true);
        var image = new OciImage("layer"u8.ToArray());
        Runner.Does = _ => image.WriteTo(_folder.Combine("artifacts/images/t1.tar"));

        var built = await Builder.BuildAsync(Request("linux/amd64,linux/arm64"), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(built, Is.EqualTo(new BuiltImage("docker", null, "artifacts/images/t1.tar", image.Digest)));
            Assert.That(Runner.Arguments, Does.StartWith("buildx build "));
            Assert.That(
                Runner.Arguments,
                Does.Contain("--platform \"linux/amd64\" --platform \"linux/arm64\"").And.Contain($"--output \"type=oci,dest={_folder.Combine("artifacts/images/t1.tar")}\"")
                    .And.Contain("--build-arg \"BASE_IMAGE=base:1\"").And.Not.Contain("--load").And.Not.Contain("--push"));
            Assert.That(Runner.Settings.EnvironmentVariables["BUILDX_NO_DEFAULT_ATTESTATIONS"], Is.EqualTo("1"));
        });
        Assert.That(await Builder.ExistsAsync(built, CancellationToken.None), Is.True);
    }

    [Test]
    public async Task Several_platforms_without_buildx_are_refused_before_anything_is_built()
    {
        DockerAnswers(buildx: false);

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Builder.BuildAsync(Request("linux/amd64,linux/arm64"), CancellationToken.None));

        Assert.Multiple(() =>
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
            Assert.That(failure.Message, Does.Contain("'buildx'"));
            Assert.That(failure.Remedy, Does.Contain("--builder=sdk"));
            Assert.That(_processes.Requests.Where(request => request.FileName == "dotnet"), Is.Empty);
        });
    }

    [Test]
    public async Task One_platform_without_buildx_is_built_by_the_engine_with_the_users_own_configuration()
    {
        DockerAnswers(buildx: false);

        await Builder.BuildAsync(Request("linux/amd64"), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(Runner.Arguments, Does.StartWith("image build ").And.Contain("--platform \"linux/amd64\""));
            Assert.That(Runner.Settings.EnvironmentVariables ?? new Dictionary<string, string?>(), Does.Not.ContainKey("DOCKER_CONFIG"));
        });
    }

    [Test]
    public async Task A_login_to_the_base_images_registry_is_in_a_configuration_that_is_gone_after_the_build()
    {
        DockerAnswers(buildx: false);
        string? config = null;
        Runner.Does = settings => config = File.ReadAllText(Path.Combine(settings.EnvironmentVariables["DOCKER_CONFIG"]!, "config.json"));

        await Builder.BuildAsync(Request("linux/amd64") with { BaseLogin = Login }, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(config, Does.Contain(Host).And.Contain(Convert.ToBase64String("AWS:s3cret"u8)));
            Assert.That(Runner.Arguments, Does.Not.Contain("s3cret"));
            Assert.That(Directory.Exists(Runner.Settings.EnvironmentVariables["DOCKER_CONFIG"]), Is.False);
        });
    }

    [TestCase("denied: Your authorization token has expired. Reauthenticate and try again.", PushRefusalKind.LoginEnded)]
    [TestCase("tag invalid: The image tag 't1' already exists in the 'app' repository and cannot be overwritten because the repository is immutable.", PushRefusalKind.TagTaken)]
    [TestCase("EOF", PushRefusalKind.Passing)]
    public async Task What_a_push_is_refused_with_is_read_from_its_output(string words, PushRefusalKind kind)
    {
        DockerAnswers(buildx: false);
        Runner.Does = settings =>
        {
            settings.RedirectedStandardErrorHandler?.Invoke(words);
            Runner.ExitCode = settings.Arguments.Render().StartsWith("push", StringComparison.Ordinal) ? 1 : 0;
        };

        var refusal = await new DockerImagePusher(Context, Engine, Report, Root, "/isolated").PushAsync(
            new BuiltImage("docker", "app:t1", null, "sha256:1"), new ImageRepository("app", $"{Host}/app", true), "t1", Login, CancellationToken.None);

        Assert.That((refusal!.Kind, refusal.Words), Is.EqualTo((kind, $"{words} (the whole output is in '{Path.Combine("artifacts", "logs", "docker-push.log")}')")));
    }

    private RepositoryRoot Root => new(_folder.Path);

    private ConsoleReport Report => new(_console, live: false);

    private DockerEngine Engine => new(_processes, TimeProvider.System);

    private DockerImageBuilder Builder => new(Context, Engine, _processes, Report, Root);

    private void DockerAnswers(bool buildx) => _processes.Runs("docker", request => request.Arguments[0] switch
    {
        "buildx" => new(buildx ? 0 : 1, [], "artifacts/logs/docker-buildx.log"),
        "image" => new(0, ["sha256:" + new string('1', 64)], "artifacts/logs/docker-image.log"),
        _ => new(0, ["unix:///var/run/docker.sock"], "artifacts/logs/docker-context.log"),
    });

    private static ImageBuildRequest Request(string platform) =>
        new("app", "t1", "src/App/App.csproj", "Dockerfile", "base:1", platform, new Dictionary<string, string>(), "1");
}

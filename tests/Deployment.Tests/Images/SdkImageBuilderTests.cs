using Slipway.Deployment.Images;
using Slipway.Deployment.Processes;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SdkImageBuilderTests
{
    private static readonly OciImage Image = new("layer"u8.ToArray());

    private readonly RecordingReport _report = new();
    private readonly FakeProcessRunner _processes = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task The_whole_command_line_is_as_it_should_be()
    {
        Publishes();

        await Build();

        var request = _processes.Requests.Single();
        var archive = _folder.Combine($"artifacts/images/.t1.{Environment.ProcessId}");
        Assert.Multiple(() =>
        {
            Assert.That(request.Arguments, Is.EqualTo(new[]
            {
                "publish", "src/App/App.csproj", "--configuration", "Release", "--nologo", "-verbosity:minimal",
                "-target:PublishContainer", "-nodeReuse:false",
                "-property:UseSharedCompilation=false", "-property:UseArtifactsOutput=true",
                $"-property:ArtifactsPath={_folder.Combine("artifacts/image-build")}",
                $"-property:ContainerArchiveOutputPath={archive}.tar", "-property:ContainerImageFormat=OCI",
                "-property:ContainerRepository=app",
                "-property:ContainerImageTag=t1", "-property:ContainerRuntimeIdentifier=linux-arm64",
                "-property:ContainerGenerateLabelsImageCreated=false",
                "-property:Deterministic=true", $"-property:PathMap={_folder.Path}/=/_/",
                "-property:InformationalVersion=1.0%3B%24(x)".Replace("(x)", "%28x%29", StringComparison.Ordinal),
                "-property:IncludeSourceRevisionInInformationalVersion=false",
                $"-property:CustomAfterMicrosoftCommonTargets={archive}.targets",
                "-property:ContainerBaseImage=127.0.0.1:4570/dotnet/aspnet:10.0",
            }));
            Assert.That(request.Environment["DOTNET_CONTAINER_INSECURE_REGISTRIES"], Is.EqualTo("127.0.0.1:4570"));
            Assert.That(request.Environment["NO_PROXY"], Does.EndWith("127.0.0.1,localhost"));
        });
    }

    [Test]
    public async Task The_image_is_known_by_the_digest_of_its_archive()
    {
        Publishes();

        var image = await Build();

        Assert.Multiple(async () =>
        {
            Assert.That(image, Is.EqualTo(new BuiltImage("sdk", null, "artifacts/images/t1.tar", Image.Digest)));
            Assert.That(Directory.GetFiles(_folder.Combine("artifacts/images")), Has.Length.EqualTo(1), "nothing else stays");
            Assert.That(await Builder().ExistsAsync(image, CancellationToken.None), Is.True);
        });
    }

    [TestCase("gone")]
    [TestCase("another")]
    [TestCase("cut")]
    public async Task An_image_that_is_not_what_was_built_does_not_exist(string how)
    {
        Publishes();
        var image = await Build();
        var path = _folder.Combine(image.Archive!);
        if (how == "gone")
            File.Delete(path);
        else if (how == "another")
            new OciImage("another"u8.ToArray()).WriteTo(path);
        else
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..2000]);

        Assert.That(await Builder().ExistsAsync(image, CancellationToken.None), Is.False);
    }

    [Test]
    public async Task A_failed_build_shows_the_whole_output_and_the_first_error()
    {
        _processes.Answers(
            "dotnet", 1, "Restoring", _folder.Combine("src/Program.cs(1,2): error CS1002: ; expected [/x/App.csproj]"), "Build FAILED.");

        var failure = await Assert.ThrowsAsync<SlipwayException>(Build);

        Assert.Multiple(() =>
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.BuildFailed));
            Assert.That(failure.Message, Is.EqualTo(
                "failed to build the image of 'src/App/App.csproj': dotnet publish ended with 1.\nsrc/Program.cs(1,2): error CS1002: ; expected"));
            Assert.That(failure.Remedy, Does.Contain("artifacts/logs/image-build.log"));
            Assert.That(_report.Entries.Where(e => e.StartsWith("line dotnet: ", StringComparison.Ordinal)), Has.Exactly(3).Items);
            Assert.That(Directory.GetFiles(_folder.Combine("artifacts/images")), Is.Empty);
        });
    }

    [Test]
    public async Task A_base_image_that_cannot_be_pulled_has_a_remedy_of_its_own()
    {
        _processes.Answers("dotnet", 1, "Containers.targets(1,2): error CONTAINER1013: Failed to push to the output registry");

        var failure = await Assert.ThrowsAsync<SlipwayException>(Build);

        Assert.That(failure.Remedy, Does.Contain("'127.0.0.1:4570/dotnet/aspnet:10.0' can be pulled"));
    }

    [Test]
    public async Task A_project_that_makes_no_image_is_said()
    {
        _processes.Answers("dotnet", 0, "done");

        var failure = await Assert.ThrowsAsync<SlipwayException>(Build);

        Assert.That(failure.Message, Does.StartWith("dotnet publish ended well, but left no proper image archive"));
    }

    [Test]
    public async Task Old_archives_are_removed_and_the_newest_kept()
    {
        Publishes();
        for (var i = 0; i < 5; i++)
            File.SetLastWriteTimeUtc(_folder.Write($"artifacts/images/old{i}.tar", "x"), DateTime.UnixEpoch.AddDays(i));

        await Build();

        Assert.That(
            Directory.GetFiles(_folder.Combine("artifacts/images")).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "t1.tar", "old4.tar", "old3.tar" }));
    }

    [Test]
    public void Labels_are_XML_and_MSBuild_safe()
    {
        var text = SdkPublish.LabelTargets(new Dictionary<string, string> { ["a"] = "<\"&>;$(x)", ["b"] = "1" });

        Assert.That(text.ReplaceLineEndings("\n"), Is.EqualTo("""
            <Project>
              <ItemGroup>
                <ContainerLabel Include="a" Value="&lt;&quot;&amp;&gt;%3B%24%28x%29" />
                <ContainerLabel Include="b" Value="1" />
              </ItemGroup>
            </Project>
            """.ReplaceLineEndings("\n")));
    }

    [TestCase(ImageBuilderKind.Auto, true, "docker")]
    [TestCase(ImageBuilderKind.Auto, false, "sdk")]
    [TestCase(ImageBuilderKind.Docker, true, "docker")]
    [TestCase(ImageBuilderKind.Sdk, true, "sdk")]
    public async Task The_builder_is_docker_where_an_engine_answers(ImageBuilderKind kind, bool answers, string expected)
    {
        var builder = await BuilderChoice.MakeAsync(
            kind, new FakeImageBuilder("docker"), new FakeImageBuilder("sdk"), _ =>
                Task.FromResult(new EngineState(answers, "words")), _report, CancellationToken.None);

        Assert.That(builder.Name, Is.EqualTo(expected));
    }

    [Test]
    public async Task Docker_that_was_asked_for_and_does_not_answer_is_an_error()
    {
        var failure = await Assert.ThrowsAsync<SlipwayException>(() => BuilderChoice.MakeAsync(
            ImageBuilderKind.Docker, new FakeImageBuilder("docker"), new FakeImageBuilder("sdk"), _ =>
                Task.FromResult(new EngineState(false, "no 'docker' on PATH")), _report, CancellationToken.None));

        Assert.That(failure.Message, Is.EqualTo("--builder=docker was asked for, but no Docker Engine answers: no 'docker' on PATH."));
    }

    private void Publishes() => _processes.Runs("dotnet", request =>
    {
        Image.WriteTo(
            request.Arguments.Single(a => a.StartsWith("-property:ContainerArchiveOutputPath=", StringComparison.Ordinal)).Split(
                '=', 2)[1]);
        return new ProcessResult(0, [], "artifacts/logs/image-build.log");
    });

    private SdkImageBuilder Builder() => new(_folder.Path, _processes, _report);

    private Task<BuiltImage> Build() => Builder().BuildAsync(
        new ImageBuildRequest(
            "app", "t1", "src/App/App.csproj", "Dockerfile", "127.0.0.1:4570/dotnet/aspnet:10.0", "linux/arm64",
            new Dictionary<string, string> { ["a"] = "b" }, "1.0;$(x)"),
        CancellationToken.None);
}

using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;
using Slipway.Deployment.Processes;
using Slipway.Deployment.Tests.Support;
using Slipway.LocalCloud.Tests.Support;

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
        var archive = _folder.Combine($"artifacts/images/.t1.{Environment.ProcessId}.linux-arm64.tar");
        Assert.Multiple(() =>
        {
            Assert.That(request.Arguments, Is.EqualTo(new[]
            {
                "publish", "src/App/App.csproj", "--configuration", "Release", "--nologo", "-verbosity:minimal",
                "-target:PublishContainer", "-nodeReuse:false",
                "-property:UseSharedCompilation=false", "-property:UseArtifactsOutput=true",
                $"-property:ArtifactsPath={_folder.Combine("artifacts/image-build")}",
                $"-property:ContainerArchiveOutputPath={archive}", "-property:ContainerImageFormat=OCI",
                "-property:ContainerRepository=app",
                "-property:ContainerImageTag=t1", "-property:ContainerRuntimeIdentifier=linux-arm64",
                "-property:ContainerGenerateLabelsImageCreated=false",
                "-property:Deterministic=true", "-property:RunAnalyzers=false", $"-property:PathMap={_folder.Path}/=/_/",
                "-property:InformationalVersion=1.0%3B%24(x)".Replace("(x)", "%28x%29", StringComparison.Ordinal),
                "-property:IncludeSourceRevisionInInformationalVersion=false",
                $"-property:CustomAfterMicrosoftCommonTargets={archive}.targets",
                "-property:ContainerBaseImage=127.0.0.1:4570/dotnet/aspnet:10.0",
            }));
            Assert.That(request.Environment["DOTNET_CONTAINER_INSECURE_REGISTRIES"], Is.EqualTo("127.0.0.1:4570"));
            Assert.That(request.Environment["NO_PROXY"], Does.EndWith("127.0.0.1,localhost"));
        });
    }

    [TestCase("AWS_ACCESS_KEY_ID")]
    [TestCase("AWS_SECRET_ACCESS_KEY")]
    [TestCase("AWS_SESSION_TOKEN")]
    [TestCase("GITHUB_PLANTED_TOKEN")]
    [TestCase("ACTIONS_PLANTED_TOKEN")]
    [NonParallelizable]
    public async Task The_build_of_the_service_gets_no_secret_of_the_run(string variable)
    {
        Publishes();
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, "planted");
        try
        {
            await Build();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }

        Assert.That(_processes.Requests.Single().Environment, Does.ContainKey(variable).WithValue(null), "a null takes the variable away");
    }

    [Test]
    public void A_path_with_characters_of_MSBuild_and_of_the_compiler_is_given_as_it_is_meant()
    {
        var arguments = SdkPublish.Command("/a,b;c=d%41", Request("linux/amd64"), "x.tar", "x.targets", null).Arguments;

        Assert.That(arguments, Does.Contain("-property:ArtifactsPath=/a%2Cb%3Bc=d%2541/artifacts/image-build"));
        Assert.That(arguments, Does.Contain("-property:PathMap=/a%2C%2Cb%3Bc==d%2541/=/_/"));
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

    [Test]
    public async Task Several_platforms_are_built_one_by_one_and_put_together_as_an_index()
    {
        PublishesByPlatform();

        var image = await Build("linux/amd64,linux/arm64");

        var path = _folder.Combine(image.Archive!);
        using var archive = OciArchive.Open(path);
        var listed = JObject.Parse(Encoding.UTF8.GetString(archive.Root.Content))["manifests"]!;
        Assert.Multiple(() =>
        {
            Assert.That(
                _processes.Requests.Select(request => request.Arguments.Single(a => a.Contains("RuntimeIdentifier", StringComparison.Ordinal))),
                Is.EqualTo(new[] { "-property:ContainerRuntimeIdentifier=linux-x64", "-property:ContainerRuntimeIdentifier=linux-arm64" }));
            Assert.That(archive.Root.IsIndex, Is.True);
            Assert.That(image.Id, Is.EqualTo(archive.Root.Digest));
            Assert.That(
                listed.Select(item => ((string?)item["platform"]!["os"], (string?)item["platform"]!["architecture"])),
                Is.EqualTo(new[] { ("linux", "amd64"), ("linux", "arm64") }));
            Assert.That(archive.Manifests().Select(manifest => manifest.Digest).SkipLast(1), Is.EqualTo(listed.Select(item => (string?)item["digest"])));
            Assert.That(Directory.GetFileSystemEntries(_folder.Combine("artifacts/images")), Is.EqualTo(new[] { path }), "nothing else stays");
        });
    }

    [Test]
    public async Task The_same_images_make_the_same_index()
    {
        PublishesByPlatform();
        var first = await Build("linux/amd64,linux/arm64");
        var bytes = File.ReadAllBytes(_folder.Combine(first.Archive!));

        var second = await Build("linux/amd64,linux/arm64");

        Assert.That(second, Is.EqualTo(first));
        Assert.That(File.ReadAllBytes(_folder.Combine(second.Archive!)).AsSpan().SequenceEqual(bytes), Is.True);
    }

    [Test]
    public async Task Another_reader_finds_the_same_index_in_the_archive()
    {
        PublishesByPlatform();
        var image = await Build("linux/amd64,linux/arm64");

        var read = await Tool.RunAsync(Tool.Find("skopeo"), ["inspect", "--raw", $"oci-archive:{_folder.Combine(image.Archive!)}"]);

        Assert.That(read.ExitCode, Is.Zero, read.Error);
        Assert.That(Digests.Of(Encoding.UTF8.GetBytes(read.Output)), Is.EqualTo(image.Id));
    }

    [Test]
    public async Task A_pushed_index_comes_after_its_manifests_and_reads_back_by_its_digest()
    {
        PublishesByPlatform();
        var image = await Build("linux/amd64,linux/arm64");
        await using var registry = await TestRegistry.StartAsync();
        using var client = new RegistryClient(TimeProvider.System);

        var refusal = await new ArchivePusher(_folder.Path, client, null, _report).PushAsync(
            image, new ImageRepository("app", $"{registry.Host}/app", true), "t1", registry.Login, CancellationToken.None);

        var reference = new ImageReference(registry.Host, "app", "t1", null);
        var puts = registry.Requests.Where(request => request.StartsWith("PUT /v2/app/manifests/", StringComparison.Ordinal)).ToList();
        Assert.Multiple(async () =>
        {
            Assert.That(refusal, Is.Null);
            Assert.That(puts, Has.Count.EqualTo(3));
            Assert.That(puts[^1], Does.EndWith("/t1"));
            Assert.That(await client.FindDigestAsync(reference, registry.Login, CancellationToken.None), Is.EqualTo(image.Id));
            Assert.That(await client.FindManifestDigestsAsync(reference, registry.Login, CancellationToken.None), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task A_login_to_the_base_images_registry_is_in_a_file_that_is_gone_after_the_build()
    {
        string? config = null;
        var seen = new List<string>();
        _processes.Runs("dotnet", request =>
        {
            var file = Path.Combine(request.Environment["DOCKER_CONFIG"]!, "config.json");
            config = File.ReadAllText(file);
            if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            seen.AddRange(request.Arguments.Concat(request.Environment.Values.OfType<string>()));
            Image.WriteTo(ArchiveOf(request));
            return new ProcessResult(0, [], "artifacts/logs/image-build.log");
        });

        await Builder().BuildAsync(
            Request("linux/amd64") with { BaseLogin = new RegistryLogin("https://registry.invalid", "AWS", "s3cret", DateTimeOffset.MaxValue) },
            CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That((string?)JObject.Parse(config!)["auths"]!["registry.invalid"]!["auth"], Is.EqualTo(Convert.ToBase64String("AWS:s3cret"u8)));
            Assert.That(seen, Has.None.Contain("s3cret"));
            Assert.That(Directory.GetFileSystemEntries(_folder.Combine("artifacts")).Select(Path.GetFileName), Is.EqualTo(new[] { "images" }));
        });
    }

    // The images of two platforms differ, as real ones do.
    private void PublishesByPlatform() => _processes.Runs("dotnet", request =>
    {
        var processor = request.Arguments.Single(a => a.Contains("RuntimeIdentifier", StringComparison.Ordinal));
        new OciImage("shared layer"u8.ToArray(), Encoding.UTF8.GetBytes(processor)).WriteTo(ArchiveOf(request));
        return new ProcessResult(0, [], "artifacts/logs/image-build.log");
    });

    private static string ArchiveOf(ProcessRequest request) =>
        request.Arguments.Single(a => a.StartsWith("-property:ContainerArchiveOutputPath=", StringComparison.Ordinal)).Split('=', 2)[1];

    private void Publishes() => _processes.Runs("dotnet", request =>
    {
        Image.WriteTo(ArchiveOf(request));
        return new ProcessResult(0, [], "artifacts/logs/image-build.log");
    });

    private SdkImageBuilder Builder() => new(_folder.Path, _processes, _report);

    private Task<BuiltImage> Build() => Build("linux/arm64");

    private Task<BuiltImage> Build(string platform) => Builder().BuildAsync(Request(platform), CancellationToken.None);

    private static ImageBuildRequest Request(string platform) => new(
        "app", "t1", "src/App/App.csproj", "Dockerfile", "127.0.0.1:4570/dotnet/aspnet:10.0", platform,
        new Dictionary<string, string> { ["a"] = "b" }, "1.0;$(x)");
}

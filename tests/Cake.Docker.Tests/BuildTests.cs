namespace Cake.Docker.Tests;

internal sealed class BuildTests : AliasFixture
{
    [Test]
    public void Build_writes_every_option_before_the_quoted_path()
    {
        Context.DockerBuild(
            new DockerImageBuildSettings
            {
                BuildArg = ["BASE_IMAGE=registry:5000/base:1", "EMPTY="],
                DisableContentTrust = false,
                File = "src/My Service/Dockerfile",
                Iidfile = "out/image id",
                Label = ["org.opencontainers.image.revision=abc"],
                NoCache = true,
                Platform = "linux/amd64",
                Pull = false,
                Tag = ["one:1", "two:2"],
            },
            "src/My Service");

        Assert.That(Runner.File!.GetFilename().FullPath, Is.EqualTo("docker"));
        Assert.That(Runner.Arguments, Is.EqualTo(
            "image build --build-arg \"BASE_IMAGE=registry:5000/base:1\" --build-arg \"EMPTY=\" --disable-content-trust=False "
            + "--file \"src/My Service/Dockerfile\" --iidfile \"out/image id\" --label \"org.opencontainers.image.revision=abc\" "
            + "--no-cache --platform \"linux/amd64\" --tag \"one:1\" --tag \"two:2\" \"src/My Service\""));
    }

    [TestCase(".", "image build \".\"")]
    [TestCase("\"my path\"", "image build \"my path\"")]
    [TestCase("\"", "image build \"\"\"")]
    public void Build_quotes_a_path_that_is_not_quoted_yet(string path, string expected)
    {
        Context.DockerBuild(path);

        Assert.That(Runner.Arguments, Is.EqualTo(expected));
    }

    [Test]
    public void Build_with_BuildKit_writes_the_path_as_it_is()
    {
        Context.DockerBuildXBuild(
            new DockerBuildXBuildSettings
            {
                Builder = "own",
                CacheFrom = ["type=registry,ref=cache"],
                Load = true,
                MetadataFile = "out/metadata.json",
                Output = ["type=oci,dest=image.tar"],
                Platform = ["linux/amd64"],
                Progress = "plain",
                Secret = ["id=token,src=token.txt"],
                Tag = ["one:1", "two:2"],
            },
            "\"my path\"");

        Assert.That(Runner.Arguments, Is.EqualTo(
            "buildx build --builder \"own\" --cache-from \"type=registry,ref=cache\" --load --metadata-file \"out/metadata.json\" "
            + "--output \"type=oci,dest=image.tar\" --platform \"linux/amd64\" --progress \"plain\" --secret \"id=token,src=token.txt\" "
            + "--tag \"one:1\" --tag \"two:2\" \"my path\""));
    }

    [Test]
    public void Without_settings_there_are_no_options()
    {
        Context.DockerBuildXBuild(".");
        Assert.That(Runner.Arguments, Is.EqualTo("buildx build ."));

        Context.DockerBuildXBuild(null, ".");
        Assert.That(Runner.Arguments, Is.EqualTo("buildx build ."));
    }

    [Test]
    public void Build_without_a_path_is_refused()
        => Assert.That(() => Context.DockerBuild(""), Throws.InstanceOf<ArgumentException>());
}

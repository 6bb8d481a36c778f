using System.Net;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Registry;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecr;

internal sealed class EcrTests : RegistryFixture
{
    private static JsonObject In(string repository, params (string Name, JsonNode Value)[] members)
    {
        var input = new JsonObject { ["repositoryName"] = repository };
        foreach (var (name, value) in members) input[name] = value;
        return input;
    }

    private static JsonArray Ids(params (string? Digest, string? Tag)[] ids) => new([.. ids.Select(id =>
    {
        var answer = new JsonObject();
        if (id.Digest is not null) answer["imageDigest"] = id.Digest;
        if (id.Tag is not null) answer["imageTag"] = id.Tag;
        return (JsonNode)answer;
    })]);

    private static IEnumerable<string> Texts(JsonNode list, string member) => list.AsArray().Select(item => item![member]!.GetValue<string>());

    [Test]
    public async Task The_seeded_repository_is_there_with_immutable_tags()
    {
        var repository = (await Signed.OkAsync("ecr", "DescribeRepositories", new JsonObject { ["repositoryNames"] = new JsonArray("stream-ml-service") }))["repositories"]![0]!;
        Assert.That(repository["repositoryUri"]!.GetValue<string>(), Is.EqualTo($"127.0.0.1:{Cloud.Ports.Api}/stream-ml-service"));
        Assert.That(repository["repositoryArn"]!.GetValue<string>(), Is.EqualTo("arn:aws:ecr:us-east-1:123456789012:repository/stream-ml-service"));
        Assert.That(repository["imageTagMutability"]!.GetValue<string>(), Is.EqualTo("IMMUTABLE"));
        Assert.That(repository["registryId"]!.GetValue<string>(), Is.EqualTo(Account.Id));
    }

    [Test]
    public async Task A_repository_that_is_not_there_is_refused_in_ecrs_words()
    {
        var answer = await Signed.CallAsync("ecr", "DescribeImages", In("nowhere"));
        Assert.That(
            (answer.Status, answer.Code, answer.Message),
            Is.EqualTo((400, "RepositoryNotFoundException", "The repository with name 'nowhere' does not exist in the registry with id '123456789012'")));
    }

    [Test]
    public async Task A_foreign_registry_has_no_repository_of_ours()
    {
        var answer = await Signed.CallAsync("ecr", "DescribeImages", In("stream-ml-service", ("registryId", "111111111111")));
        Assert.That((answer.Code, answer.Message), Is.EqualTo(
            ("RepositoryNotFoundException", "The repository with name 'stream-ml-service' does not exist in the registry with id '111111111111'")));
    }

    [Test]
    public async Task A_repository_is_made_once()
    {
        var (name, _) = await RepositoryAsync();
        Assert.That((await Signed.CallAsync("ecr", "CreateRepository", In(name))).Code, Is.EqualTo("RepositoryAlreadyExistsException"));
    }

    [Test]
    public async Task A_repository_with_images_is_deleted_by_force_only()
    {
        var (name, client) = await RepositoryAsync();
        await client.PushAsync(new TestImage("kept"), "v1");
        Assert.That((await Signed.CallAsync("ecr", "DeleteRepository", In(name))).Code, Is.EqualTo("RepositoryNotEmptyException"));
        await Signed.OkAsync("ecr", "DeleteRepository", In(name, ("force", true)));
        Assert.That((await Signed.CallAsync("ecr", "DescribeImages", In(name))).Code, Is.EqualTo("RepositoryNotFoundException"));
        using var pull = await client.GetAsync("manifests/v1");
        Assert.That(pull.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Mutability_is_changed_and_holds_at_once()
    {
        var (name, client) = await RepositoryAsync();
        await client.PushAsync(new TestImage("first"), "v1");
        await Signed.OkAsync("ecr", "PutImageTagMutability", In(name, ("imageTagMutability", "IMMUTABLE")));
        var second = new TestImage("second");
        await client.PushAsync(second, second.Digest);
        using var moved = await client.PutManifestAsync("v1", second.Manifest);
        Assert.That(moved.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Images_are_described_by_tag_by_digest_and_all_together()
    {
        var (name, client) = await RepositoryAsync();
        var image = new TestImage("described");
        await client.PushAsync(image, "v1");
        await client.PushAsync(image, "v2");
        foreach (var input in new[] { In(name), In(name, ("imageIds", Ids((null, "v1"), (null, "v2")))), In(name, ("imageIds", Ids((image.Digest, null)))) })
        {
            var detail = (await Signed.OkAsync("ecr", "DescribeImages", input))["imageDetails"]!.AsArray().Single()!;
            Assert.That(detail["imageDigest"]!.GetValue<string>(), Is.EqualTo(image.Digest));
            Assert.That(detail["imageTags"]!.ToJsonString(), Is.EqualTo("""["v1","v2"]"""));
            Assert.That(detail["imageSizeInBytes"]!.GetValue<long>(), Is.EqualTo(image.Layer.Length + image.Config.Length));
            Assert.That(detail["imageManifestMediaType"]!.GetValue<string>(), Is.EqualTo(TestImage.ManifestType));
            Assert.That(DateTimeOffset.FromUnixTimeMilliseconds((long)(detail["imagePushedAt"]!.GetValue<double>() * 1000)), Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(5)));
        }
    }

    [Test]
    public async Task An_image_that_is_not_there_is_refused_in_ecrs_words()
    {
        var (name, _) = await RepositoryAsync();
        var answer = await Signed.CallAsync("ecr", "DescribeImages", In(name, ("imageIds", Ids((null, "v9")))));
        Assert.That((answer.Code, answer.Message), Is.EqualTo((
            "ImageNotFoundException",
            $"The image with imageId {{imageDigest:'null', imageTag:'v9'}} does not exist within the repository with name '{name}' in the registry with id '123456789012'")));
    }

    [Test]
    public async Task Images_are_listed_in_pages_and_by_tag_status()
    {
        var (name, client) = await RepositoryAsync();
        foreach (var i in Enumerable.Range(1, 5)) await client.PushAsync(new TestImage($"image {i}"), $"v{i}");
        var untagged = new TestImage("untagged");
        await client.PushAsync(untagged, untagged.Digest);

        var tags = new List<string>();
        JsonNode? token = null;
        do
        {
            var input = In(name, ("maxResults", 2), ("filter", new JsonObject { ["tagStatus"] = "TAGGED" }));
            if (token is not null) input["nextToken"] = token.DeepClone();
            var page = await Signed.OkAsync("ecr", "ListImages", input);
            Assert.That(page["imageIds"]!.AsArray(), Has.Count.InRange(1, 2));
            tags.AddRange(Texts(page["imageIds"]!, "imageTag"));
            token = page["nextToken"];
        }
        while (token is not null);
        Assert.That(tags, Is.EqualTo(new[] { "v1", "v2", "v3", "v4", "v5" }));

        var rest = await Signed.OkAsync("ecr", "ListImages", In(name, ("filter", new JsonObject { ["tagStatus"] = "UNTAGGED" })));
        Assert.That(rest["imageIds"]!.ToJsonString(), Is.EqualTo($$"""[{"imageDigest":"{{untagged.Digest}}"}]"""));
        Assert.That((await Signed.CallAsync("ecr", "ListImages", In(name, ("nextToken", "made up")))).Code, Is.EqualTo("InvalidParameterException"));
    }

    [Test]
    public async Task BatchGetImage_gives_the_manifest_and_says_what_it_has_not()
    {
        var (name, client) = await RepositoryAsync();
        var image = new TestImage("fetched");
        await client.PushAsync(image, "v1");
        var answer = await Signed.OkAsync("ecr", "BatchGetImage", In(name, ("imageIds", Ids(
            (null, "v1"), (null, "v2"), (null, null), ("sha256:x", null), (new TestImage("other").Digest, "v1")))));
        Assert.That(answer["images"]!.AsArray().Single()!["imageManifest"]!.GetValue<string>(), Is.EqualTo(System.Text.Encoding.UTF8.GetString(image.Manifest)));
        Assert.That(
            Texts(answer["failures"]!, "failureCode"),
            Is.EqualTo(new[] { "ImageNotFound", "MissingDigestAndTag", "InvalidImageDigest", "ImageTagDoesNotMatchDigest" }));
    }

    [Test]
    public async Task The_last_tag_takes_the_image_with_it()
    {
        var (name, client) = await RepositoryAsync();
        await client.PushAsync(new TestImage("tagged twice"), "v1");
        await client.PushAsync(new TestImage("tagged twice"), "v2");
        await Signed.OkAsync("ecr", "BatchDeleteImage", In(name, ("imageIds", Ids((null, "v1")))));
        Assert.That((await Signed.OkAsync("ecr", "DescribeImages", In(name)))["imageDetails"]!.AsArray(), Has.Count.EqualTo(1));
        var last = await Signed.OkAsync("ecr", "BatchDeleteImage", In(name, ("imageIds", Ids((null, "v2"), (null, "v3")))));
        Assert.That((Texts(last["imageIds"]!, "imageTag").Single(), Texts(last["failures"]!, "failureCode").Single()), Is.EqualTo(("v2", "ImageNotFound")));
        Assert.That((await Signed.OkAsync("ecr", "DescribeImages", In(name)))["imageDetails"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Layers_are_checked_and_fetched_by_a_url_of_their_own()
    {
        var (name, client) = await RepositoryAsync();
        var image = new TestImage("layered");
        await client.PushAsync(image, "v1");
        var digest = TestImage.DigestOf(image.Layer);
        var check = await Signed.OkAsync("ecr", "BatchCheckLayerAvailability", In(name, ("layerDigests", new JsonArray(digest, new TestImage("no").Digest, "sha256:x"))));
        Assert.That(Texts(check["layers"]!, "layerAvailability"), Is.EqualTo(new[] { "AVAILABLE", "UNAVAILABLE" }));
        Assert.That(Texts(check["failures"]!, "failureCode"), Is.EqualTo(new[] { "InvalidLayerDigest" }));

        var url = (await Signed.OkAsync("ecr", "GetDownloadUrlForLayer", In(name, ("layerDigest", digest))))["downloadUrl"]!.GetValue<string>();
        Assert.That(await Cloud.Http.GetByteArrayAsync(new Uri(url)), Is.EqualTo(image.Layer));
        Assert.That((await Signed.CallAsync("ecr", "GetDownloadUrlForLayer", In(name, ("layerDigest", new TestImage("no").Digest)))).Code, Is.EqualTo("LayersNotFoundException"));
    }

    [Test]
    public async Task The_aws_cli_sees_what_was_pushed()
    {
        var (name, client) = await RepositoryAsync();
        var image = new TestImage("cli");
        await client.PushAsync(image, "v1");
        var described = await Aws.CliAsync("ecr", "describe-images", "--repository-name", name, "--image-ids", "imageTag=v1");
        Assert.That(described!["imageDetails"]![0]!["imageDigest"]!.GetValue<string>(), Is.EqualTo(image.Digest));
        var password = (await Aws.RunCliAsync("ecr", "get-login-password")).Output.Trim();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/") { Headers = { Authorization = BasicLogin.Header(password) } };
        using var response = await Cloud.Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var missing = await Aws.RunCliAsync("ecr", "describe-images", "--repository-name", "nowhere");
        Assert.That(missing.Error, Does.Contain("(RepositoryNotFoundException)"));
    }

    [Test]
    public async Task Boto3_pages_through_repositories_and_types_the_errors()
    {
        var (name, _) = await RepositoryAsync();
        var answer = await Aws.BotoAsync("""
            ecr = boto3.client('ecr')
            names = [r['repositoryName'] for page in ecr.get_paginator('describe_repositories').paginate(PaginationConfig={'PageSize': 1}) for r in page['repositories']]
            try:
                ecr.describe_images(repositoryName='nowhere')
            except ecr.exceptions.RepositoryNotFoundException as error:
                names.append(error.response['Error']['Code'])
            print(json.dumps(names))
            """);
        Assert.That(answer.AsArray().Select(item => item!.GetValue<string>()), Does.Contain(name).And.Contain("stream-ml-service").And.Contain("RepositoryNotFoundException"));
    }
}

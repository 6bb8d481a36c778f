using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecr;

/// <summary>ECR's operations on images and layers.</summary>
internal sealed class EcrImages(EcrRepositories repositories, RepositoryStore store, BlobStore blobs, RegistryTokens tokens, IRegistryPlace place, BoundPorts ports)
{
    public JsonObject Describe(JsonObject input)
    {
        var repository = Current(input);
        if (input.Objects("imageIds") is { Count: > 0 } ids)
        {
            var named = ids.Select(id => ImageId.Read(id)).Select(id => Find(repository, id).Manifest ?? throw NotFound(repository, id));
            return new JsonObject { ["imageDetails"] = named.DistinctBy(manifest => manifest.Digest).Select(manifest => Detail(repository, manifest)).Array() };
        }

        var (page, next) = EcrPage.Of([.. Filtered(repository, input)], input);
        return EcrPage.Answer("imageDetails", page.Select(manifest => Detail(repository, manifest)), next);
    }

    public JsonObject List(JsonObject input)
    {
        var repository = Current(input);
        var ids = Filtered(repository, input).SelectMany(manifest => Ids(repository, manifest.Digest)).ToList();
        var (page, next) = EcrPage.Of(ids, input);
        return EcrPage.Answer("imageIds", page.Select(id => id.Answer()), next);
    }

    public JsonObject Get(JsonObject input)
    {
        var repository = Current(input);
        var images = new JsonArray();
        var failures = new JsonArray();
        foreach (var id in input.Objects("imageIds")!.Select(ImageId.Read))
        {
            var (manifest, failure) = Find(repository, id);
            if (manifest is null) failures.Add(Failure(id, failure!));
            else images.Add(Image(repository, id, manifest));
        }

        return new JsonObject { ["images"] = images, ["failures"] = failures };
    }

    /// <summary>By tag, the tag goes, and with the last one the image; by digest, the image with all its tags.</summary>
    public JsonObject Delete(JsonObject input)
    {
        var repository = repositories.Named(input);
        if (!place.HoldsLayers)
            throw new ApiException("InvalidParameterException", $"LocalCloud deletes no images of the registry at {place.Endpoint}; ask that registry");
        var deleted = new List<ImageId>();
        var failures = new JsonArray();
        foreach (var id in input.Objects("imageIds")!.Select(ImageId.Read))
        {
            repository = store.Find(repository.Name) ?? repository;
            var (manifest, failure) = Find(repository, id);
            if (manifest is null)
            {
                failures.Add(Failure(id, failure!));
                continue;
            }

            var all = id.Tag is null || repository.TagsOf(manifest.Digest).Count() == 1;
            deleted.AddRange(id.Tag is null ? Ids(repository, manifest.Digest) : [new ImageId(manifest.Digest, id.Tag)]);
            store.Change(repository.Name, before => all ? before.WithoutManifest(manifest.Digest) : before.WithoutTag(id.Tag!));
        }

        return new JsonObject { ["imageIds"] = deleted.Select(id => id.Answer()).Array(), ["failures"] = failures };
    }

    public JsonObject CheckLayers(JsonObject input)
    {
        var repository = repositories.Named(input);
        var layers = new JsonArray();
        var failures = new JsonArray();
        foreach (var digest in input.Texts("layerDigests")!)
        {
            if (!ImageNames.IsDigest(digest))
                failures.Add(new JsonObject { ["layerDigest"] = digest, ["failureCode"] = "InvalidLayerDigest", ["failureReason"] = "Invalid layer digest" });
            else if (Has(repository, digest))
                layers.Add(new JsonObject { ["layerDigest"] = digest, ["layerAvailability"] = "AVAILABLE", ["layerSize"] = blobs.Size(digest), ["mediaType"] = "application/octet-stream" });
            else layers.Add(new JsonObject { ["layerDigest"] = digest, ["layerAvailability"] = "UNAVAILABLE" });
        }

        return new JsonObject { ["layers"] = layers, ["failures"] = failures };
    }

    public JsonObject DownloadUrl(JsonObject input)
    {
        var repository = repositories.Named(input);
        var digest = input.Text("layerDigest")!;
        if (!ImageNames.IsDigest(digest) || !Has(repository, digest))
            throw new ApiException("LayersNotFoundException", $"The layer with digest '{digest}' does not exist in the repository with name '{repository.Name}' in the registry with id '{Account.Id}'");
        return new JsonObject { ["downloadUrl"] = $"{ports.Endpoint}/v2/{repository.Name}/blobs/{digest}?token={tokens.IssueFor(digest)}", ["layerDigest"] = digest };
    }

    /// <summary>The repository with what the registry has now of the images that the input names, or of all.</summary>
    private Repository Current(JsonObject input)
    {
        var name = repositories.Named(input).Name;
        if (input.Objects("imageIds") is not { Count: > 0 } ids) place.Refresh(name, null);
        else foreach (var id in ids.Select(ImageId.Read).Where(id => id.Failure is null)) place.Refresh(name, id.Tag ?? id.Digest);
        return repositories.Named(input);
    }

    private bool Has(Repository repository, string digest) => repository.Blobs.Contains(digest) && blobs.Has(digest);

    private static IEnumerable<StoredManifest> Filtered(Repository repository, JsonObject input)
    {
        var wanted = input["filter"]?.AsObject().Text("tagStatus");
        return repository.Manifests.Values
            .Where(manifest => wanted is null or "ANY" || repository.TagsOf(manifest.Digest).Any() == (wanted == "TAGGED"))
            .OrderBy(manifest => manifest.PushedAt).ThenBy(manifest => manifest.Digest, StringComparer.Ordinal);
    }

    private static IReadOnlyList<ImageId> Ids(Repository repository, string digest)
    {
        var tags = repository.TagsOf(digest).ToList();
        return tags.Count == 0 ? [new ImageId(digest, null)] : [.. tags.Select(tag => new ImageId(digest, tag))];
    }

    private static (StoredManifest? Manifest, string? Failure) Find(Repository repository, ImageId id)
    {
        if (id.Failure is { } failure) return (null, failure);
        if (repository.Find(id.Tag ?? id.Digest!) is not { } manifest) return (null, "ImageNotFound");
        return id.Digest is null || id.Digest == manifest.Digest ? (manifest, null) : (null, "ImageTagDoesNotMatchDigest");
    }

    private JsonObject Detail(Repository repository, StoredManifest stored)
    {
        var manifest = Manifest.Parse(stored.MediaType, blobs.Read(stored.Digest));
        var detail = new JsonObject
        {
            ["registryId"] = Account.Id,
            ["repositoryName"] = repository.Name,
            ["imageDigest"] = stored.Digest,
            ["imageSizeInBytes"] = manifest.Size,
            ["imagePushedAt"] = stored.PushedAt.EpochSeconds(),
            ["imageManifestMediaType"] = stored.MediaType,
        };
        if (manifest.Config is { } config) detail["artifactMediaType"] = config.MediaType;
        if (repository.TagsOf(stored.Digest).ToList() is { Count: > 0 } tags) detail["imageTags"] = tags.Array();
        return detail;
    }

    private JsonObject Image(Repository repository, ImageId id, StoredManifest stored) => new()
    {
        ["registryId"] = Account.Id,
        ["repositoryName"] = repository.Name,
        ["imageId"] = new ImageId(stored.Digest, id.Tag).Answer(),
        ["imageManifest"] = Encoding.UTF8.GetString(blobs.Read(stored.Digest)),
        ["imageManifestMediaType"] = stored.MediaType,
    };

    private static JsonObject Failure(ImageId id, string code) => new()
    {
        ["imageId"] = id.Answer(),
        ["failureCode"] = code,
        ["failureReason"] = code switch
        {
            "MissingDigestAndTag" => "Invalid request parameters: both tag and digest cannot be null",
            "InvalidImageDigest" => "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
            "InvalidImageTag" => "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'",
            "ImageTagDoesNotMatchDigest" => "The image tag does not refer to the image with the given digest",
            _ => "Requested image not found",
        },
    };

    private static ApiException NotFound(Repository repository, ImageId id) => new(
        "ImageNotFoundException",
        $"The image with imageId {{imageDigest:'{id.Digest ?? "null"}', imageTag:'{id.Tag ?? "null"}'}} does not exist within the repository with name " +
        $"'{repository.Name}' in the registry with id '{Account.Id}'");
}

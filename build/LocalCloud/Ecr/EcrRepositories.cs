using System.Text.Json.Nodes;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecr;

/// <summary>ECR's operations on repositories.</summary>
internal sealed class EcrRepositories(RepositoryStore store, IRegistryPlace place, TimeProvider time)
{
    /// <summary>The repository that an input names, or ECR's RepositoryNotFoundException.</summary>
    public Repository Named(JsonObject input)
    {
        var name = input.Text("repositoryName")!;
        return IsOurs(input) && store.Find(name) is { } repository ? repository : throw NotFound(name, input);
    }

    public JsonObject Create(JsonObject input)
    {
        var name = input.Text("repositoryName")!;
        if (!ImageNames.IsRepository(name))
            throw new ApiException("InvalidParameterException", "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must be a name that the registry takes'");
        var encryption = input["encryptionConfiguration"]?.AsObject().Text("encryptionType");
        if (encryption is not (null or "AES256"))
            throw new ApiException("InvalidParameterException", $"Invalid parameter at 'encryptionConfiguration' failed to satisfy constraint: 'LocalCloud has AES256, not {encryption}'");
        var repository = new Repository(name, time.GetUtcNow(), IsImmutable(input))
        {
            ScanOnPush = input["imageScanningConfiguration"]?.AsObject().Flag("scanOnPush") == true,
        };
        if (!store.TryAdd(repository))
            throw new ApiException("RepositoryAlreadyExistsException", $"The repository with name '{name}' already exists in the registry with id '{Account.Id}'");
        return new JsonObject { ["repository"] = Answer(repository) };
    }

    public JsonObject Describe(JsonObject input)
    {
        if (input.Texts("repositoryNames") is { Count: > 0 } names)
        {
            var found = names.Select(name => IsOurs(input) && store.Find(name) is { } repository ? repository : throw NotFound(name, input));
            return new JsonObject { ["repositories"] = found.Select(Answer).Array() };
        }

        var (page, next) = EcrPage.Of(IsOurs(input) ? store.All : [], input);
        return EcrPage.Answer("repositories", page.Select(Answer), next);
    }

    public JsonObject Delete(JsonObject input)
    {
        var repository = Named(input);
        if (repository.Manifests.Count > 0 && input.Flag("force") != true)
        {
            throw new ApiException(
                "RepositoryNotEmptyException",
                $"The repository with name '{repository.Name}' in registry with id '{Account.Id}' cannot be deleted because it still contains images");
        }

        store.Remove(repository.Name);
        return new JsonObject { ["repository"] = Answer(repository) };
    }

    public JsonObject SetMutability(JsonObject input)
    {
        var name = Named(input).Name;
        var immutable = IsImmutable(input);
        store.Change(name, before => before with { Immutable = immutable });
        return new JsonObject { ["registryId"] = Account.Id, ["repositoryName"] = name, ["imageTagMutability"] = Mutability(immutable) };
    }

    public JsonObject SetLifecycle(JsonObject input)
    {
        var text = input.Text("lifecyclePolicyText")!;
        LifecyclePolicy.Check(text);
        var name = Named(input).Name;
        store.Change(name, before => before with { LifecyclePolicy = text });
        return new JsonObject { ["registryId"] = Account.Id, ["repositoryName"] = name, ["lifecyclePolicyText"] = text };
    }

    public JsonObject Lifecycle(JsonObject input)
    {
        var repository = Named(input);
        return new JsonObject
        {
            ["registryId"] = Account.Id,
            ["repositoryName"] = repository.Name,
            ["lifecyclePolicyText"] = repository.LifecyclePolicy ?? throw new ApiException(
                "LifecyclePolicyNotFoundException",
                $"Lifecycle policy does not exist for the repository with name '{repository.Name}' in the registry with id '{Account.Id}'"),
        };
    }

    private static bool IsImmutable(JsonObject input)
    {
        var mutability = input.Text("imageTagMutability");
        if (mutability is null or "MUTABLE" or "IMMUTABLE") return mutability == "IMMUTABLE";
        throw new ApiException("InvalidParameterException", $"Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'LocalCloud has MUTABLE and IMMUTABLE, not {mutability}'");
    }

    private JsonObject Answer(Repository repository) => new()
    {
        ["repositoryArn"] = Account.Arn("ecr", $"repository/{repository.Name}"),
        ["registryId"] = Account.Id,
        ["repositoryName"] = repository.Name,
        ["repositoryUri"] = $"{place.Host}/{repository.Name}",
        ["createdAt"] = repository.CreatedAt.EpochSeconds(),
        ["imageTagMutability"] = Mutability(repository.Immutable),
        ["imageScanningConfiguration"] = new JsonObject { ["scanOnPush"] = repository.ScanOnPush },
        ["encryptionConfiguration"] = new JsonObject { ["encryptionType"] = "AES256" },
    };

    private static string Mutability(bool immutable) => immutable ? "IMMUTABLE" : "MUTABLE";

    private static bool IsOurs(JsonObject input) => input.Text("registryId") is null or Account.Id;

    private static ApiException NotFound(string name, JsonObject input) => new(
        "RepositoryNotFoundException",
        $"The repository with name '{name}' does not exist in the registry with id '{input.Text("registryId") ?? Account.Id}'");
}

using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Registry;

/// <summary>The OCI distribution API under /v2/.</summary>
internal sealed class RegistryApi(
    RegistryAuth auth, RepositoryStore repositories, ManifestHandler manifests, BlobHandler blobs, UploadHandler uploads,
    CallGate gate, ILogger<RegistryApi> log)
{
    private const int DiskFull = 28; // ENOSPC; Windows' ERROR_DISK_FULL is 0x70.
    private const int WindowsDiskFull = 0x70;

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        try
        {
            await RouteAsync(context);
        }
        catch (RegistryException refusal)
        {
            await RegistryAnswer.FailAsync(context, refusal);
        }
        catch (ApiException fault)
        {
            var (status, code) = fault.Code switch
            {
                "ThrottlingException" => (429, "TOOMANYREQUESTS"),
                "AccessDeniedException" or "ExpiredTokenException" => (403, "DENIED"),
                _ => (500, "UNKNOWN"),
            };
            await RegistryAnswer.FailAsync(context, new RegistryException(status, code, fault.Message));
        }
        catch (IOException error) when ((error.HResult & 0xffff) is DiskFull or WindowsDiskFull && !context.Response.HasStarted)
        {
            log.LogError("The registry's disk is full: {Message}", error.Message);
            await RegistryAnswer.FailAsync(context, new RegistryException(507, "UNKNOWN", "the registry's disk is full; free some space and push again"));
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var request = context.Request;
        var route = RegistryRoute.Parse(request.Path.Value ?? "")
            ?? throw new RegistryException(404, "UNSUPPORTED", $"'{request.Path.Value}' is no path of the distribution API that LocalCloud offers");
        auth.Check(request, route);
        if (await gate.EndsAsync(context, $"registry:{route.Operation(request.Method)}")) return;
        if (route.Repository.Length > 0 && !ImageNames.IsRepository(route.Repository))
            throw new RegistryException(400, "NAME_INVALID", $"'{route.Repository}' is no repository name");
        var repository = route.Repository.Length == 0 ? null : repositories.Find(route.Repository) ?? throw Unknown(route.Repository);

        await (route.Resource switch
        {
            RegistryResource.Version => RegistryAnswer.JsonAsync(context, 200, []),
            RegistryResource.Catalog => ListAsync(context, "repositories", null, repositories.All.Select(item => item.Name)),
            RegistryResource.Tags => ListAsync(context, "tags", route.Repository, repository!.Tags.Keys.Order(StringComparer.Ordinal)),
            RegistryResource.Manifest => manifests.HandleAsync(context, repository!, route.Reference),
            RegistryResource.Blob => blobs.HandleAsync(context, repository!, route.Reference),
            RegistryResource.Uploads => uploads.StartAsync(context, repository!),
            _ => uploads.HandleAsync(context, repository!, route.Reference),
        });
    }

    /// <summary>The distribution specification's paging: at most n entries after "last".</summary>
    private static Task ListAsync(HttpContext context, string member, string? name, IEnumerable<string> entries)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method)) throw NotAllowed(request.Method);
        var count = 1000;
        var last = request.Query["last"].ToString();
        if (request.Query["n"].ToString() is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count > 10_000))
            throw new RegistryException(400, "PAGINATION_NUMBER_INVALID", $"'{text}' is no number from 0 to 10000");
        var rest = entries.Where(entry => string.CompareOrdinal(entry, last) > 0).ToList();
        var page = rest.Take(count).ToList();
        if (page.Count > 0 && page.Count < rest.Count)
            context.Response.Headers.Link = $"<{request.Path}?n={count}&last={Uri.EscapeDataString(page[^1])}>; rel=\"next\"";
        var answer = new JsonObject { [member] = new JsonArray([.. page.Select(entry => (JsonNode)entry)]) };
        if (name is not null) answer.Insert(0, "name", name);
        return RegistryAnswer.JsonAsync(context, 200, answer);
    }

    public static RegistryException NotAllowed(string method) => new(405, "UNSUPPORTED", $"the method {method} is not offered here");

    public static RegistryException Unknown(string repository) =>
        new(404, "NAME_UNKNOWN", $"The repository with name '{repository}' does not exist in the registry with id '{Account.Id}'");
}

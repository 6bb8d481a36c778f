using System.Collections.Concurrent;
using System.Globalization;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Registry;

/// <summary>Blob uploads: in one request, in chunks, resumed, or mounted from another repository.</summary>
internal sealed class UploadHandler(RepositoryStore repositories, BlobStore blobs, TimeProvider time)
{
    /// <summary>ECR's bound on a layer that is pushed in parts.</summary>
    private const long MostBytes = 52_000L * 1024 * 1024;

    private const int MostUploads = 200;

    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Upload> uploads = new(StringComparer.Ordinal);

    /// <summary>POST …/blobs/uploads/</summary>
    public async Task StartAsync(HttpContext context, Repository repository)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method)) throw RegistryApi.NotAllowed(request.Method);
        if (request.Query["mount"].ToString() is { Length: > 0 } mount && TryMount(repository, mount, request.Query["from"].ToString()))
        {
            await CreatedAsync(context, repository, mount);
            return;
        }

        DropIdle();
        if (uploads.Count >= MostUploads) throw new RegistryException(429, "TOOMANYREQUESTS", $"{MostUploads} uploads are open already; finish or delete some");
        var file = blobs.NewTemporary();
        var upload = new Upload(Path.GetFileName(file), repository.Name, file, time.GetUtcNow());
        uploads[upload.Id] = upload;
        if (request.Query["digest"].ToString() is { Length: > 0 } digest) await EnterAsync(upload, () => FinishAsync(context, repository, upload, digest));
        else await ProgressAsync(context, upload, 202);
    }

    /// <summary>GET, PATCH, PUT and DELETE …/blobs/uploads/id</summary>
    public Task HandleAsync(HttpContext context, Repository repository, string id)
    {
        if (!uploads.TryGetValue(id, out var upload) || upload.Repository != repository.Name)
            throw new RegistryException(404, "BLOB_UPLOAD_UNKNOWN", $"'{repository.Name}' has no upload '{id}'; it was finished, deleted, or left alone for too long");
        return context.Request.Method switch
        {
            "GET" or "HEAD" => ProgressAsync(context, upload, 204),
            "PATCH" => EnterAsync(upload, () => AppendAsync(context, upload)),
            "PUT" => EnterAsync(upload, () => FinishAsync(context, repository, upload, context.Request.Query["digest"].ToString())),
            "DELETE" => EnterAsync(upload, () => DropAsync(context, upload)),
            var method => throw RegistryApi.NotAllowed(method),
        };
    }

    private async Task EnterAsync(Upload upload, Func<Task> work)
    {
        if (!upload.TryEnter()) throw new RegistryException(409, "BLOB_UPLOAD_INVALID", $"another request is writing to the upload '{upload.Id}'");
        try
        {
            await work();
        }
        finally
        {
            upload.Leave(time.GetUtcNow());
        }
    }

    private static async Task AppendAsync(HttpContext context, Upload upload)
    {
        if (context.Request.Headers.ContentRange.ToString() is { Length: > 0 } range && !StartsAt(range, upload.Length))
        {
            Progress(context, upload);
            throw new RegistryException(416, "BLOB_UPLOAD_INVALID", $"the chunk '{range}' does not go on at byte {upload.Length}");
        }

        await upload.AppendAsync(context.Request.Body, MostBytes, context.RequestAborted);
        await ProgressAsync(context, upload, 202);
    }

    private async Task FinishAsync(HttpContext context, Repository repository, Upload upload, string digest)
    {
        if (!ImageNames.IsDigest(digest)) throw new RegistryException(400, "DIGEST_INVALID", $"'{digest}' is no sha256 digest");
        await upload.AppendAsync(context.Request.Body, MostBytes, context.RequestAborted);
        var actual = upload.Digest();
        uploads.TryRemove(upload.Id, out _);
        using (upload)
        {
            if (actual != digest) throw new RegistryException(400, "DIGEST_INVALID", $"the blob's digest is '{actual}', not '{digest}'");
            blobs.Take(upload.File, digest);
        }

        if (repositories.Change(repository.Name, before => before.WithBlob(digest)) is null) throw RegistryApi.Unknown(repository.Name);
        await CreatedAsync(context, repository, digest);
    }

    private Task DropAsync(HttpContext context, Upload upload)
    {
        uploads.TryRemove(upload.Id, out _);
        upload.Dispose();
        return RegistryAnswer.Empty(context, 204);
    }

    private bool TryMount(Repository repository, string digest, string from)
    {
        if (!ImageNames.IsDigest(digest) || !blobs.Has(digest)) return false;
        var readable = from.Length > 0 ? repositories.Find(from) is { } source && source.Blobs.Contains(digest) : repositories.All.Any(other => other.Blobs.Contains(digest));
        return readable && repositories.Change(repository.Name, before => before.WithBlob(digest)) is not null;
    }

    private void DropIdle()
    {
        var limit = time.GetUtcNow() - Idle;
        foreach (var upload in uploads.Values.Where(upload => upload.LastUsed < limit && upload.TryEnter()))
        {
            uploads.TryRemove(upload.Id, out _);
            upload.Dispose();
        }
    }

    /// <summary>"0-99"; some clients write "bytes 0-99/*".</summary>
    private static bool StartsAt(string range, long position)
    {
        var start = range.Replace("bytes", "", StringComparison.OrdinalIgnoreCase).Trim().Split('-')[0];
        return long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first == position;
    }

    private static Task CreatedAsync(HttpContext context, Repository repository, string digest)
    {
        context.Response.Headers["Docker-Content-Digest"] = digest;
        context.Response.Headers.Location = RegistryAnswer.Url(context.Request, $"/v2/{repository.Name}/blobs/{digest}");
        return RegistryAnswer.Empty(context, 201);
    }

    private static Task ProgressAsync(HttpContext context, Upload upload, int status)
    {
        Progress(context, upload);
        return RegistryAnswer.Empty(context, status);
    }

    private static void Progress(HttpContext context, Upload upload)
    {
        context.Response.Headers.Location = RegistryAnswer.Url(context.Request, $"/v2/{upload.Repository}/blobs/uploads/{upload.Id}");
        context.Response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, upload.Length - 1)}");
        context.Response.Headers["Docker-Upload-UUID"] = upload.Id;
    }
}

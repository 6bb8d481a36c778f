using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Images;

/// <summary>The repositories, in memory and in one file each. A change is on disk before it is seen.</summary>
internal sealed class RepositoryStore
{
    private const string Folder = "registry/repositories";

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Repository> repositories = new(StringComparer.Ordinal);
    private readonly List<string> unreadable = [];
    private readonly StateFolder state;

    public RepositoryStore(StateFolder state)
    {
        this.state = state;
        foreach (var file in Directory.EnumerateFiles(state.Folder(Folder), "*.json"))
        {
            if (state.Read<Repository>($"{Folder}/{Path.GetFileName(file)}") is { Name: not null } repository && ImageNames.IsRepository(repository.Name))
                repositories[repository.Name] = repository;
            else
                SetAside(file);
        }
    }

    /// <summary>Where the documents lie now that could not be read at the start: which content they name, nobody knows.</summary>
    public IReadOnlyList<string> Unreadable => unreadable;

    public IReadOnlyList<Repository> All => [.. repositories.Values.OrderBy(repository => repository.Name, StringComparer.Ordinal)];

    public Repository? Find(string name) => repositories.GetValueOrDefault(name);

    /// <summary>False where there is one of that name.</summary>
    public bool TryAdd(Repository repository)
    {
        lock (gate)
        {
            if (repositories.ContainsKey(repository.Name)) return false;
            Save(repository);
            return true;
        }
    }

    /// <summary>Changes a repository in one step; null where there is none. What <paramref name="change"/> throws leaves all as it was.</summary>
    public Repository? Change(string name, Func<Repository, Repository> change)
    {
        lock (gate)
        {
            if (!repositories.TryGetValue(name, out var before)) return null;
            var after = change(before);
            if (!ReferenceEquals(before, after)) Save(after);
            return after;
        }
    }

    public bool Remove(string name)
    {
        lock (gate)
        {
            if (!repositories.ContainsKey(name)) return false;
            File.Delete(Path.Combine(state.Root, FileOf(name)));
            return repositories.TryRemove(name, out _);
        }
    }

    private void SetAside(string file)
    {
        var aside = $"{file}.unreadable";
        File.Move(file, aside, overwrite: true);
        unreadable.Add(aside);
    }

    private void Save(Repository repository)
    {
        state.Write(FileOf(repository.Name), repository);
        repositories[repository.Name] = repository;
    }

    /// <summary>A name may be longer than a file name, and hold slashes; the hash keeps two shortened ones apart.</summary>
    private static string FileOf(string name)
    {
        var readable = name.Replace('/', '+');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..12];
        return $"{Folder}/{readable[..Math.Min(readable.Length, 80)]}.{hash}.json";
    }
}

using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>The working directory that the host was given.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);

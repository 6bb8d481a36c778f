namespace Cake.Frosting;

/// <summary>A host or a task is composed in a way that cannot run.</summary>
public sealed class FrostingException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    public FrostingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and its cause.</summary>
    public FrostingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

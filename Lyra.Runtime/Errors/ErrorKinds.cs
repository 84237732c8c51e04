namespace Lyra.Runtime.Errors;

/// <summary>The kinds of error that the language itself throws (language.md §8). A script may use any other name as well.</summary>
internal static class ErrorKinds
{
    public const string Error = "Error";
    public const string TypeError = "TypeError";
    public const string ValueError = "ValueError";
    public const string IndexError = "IndexError";
    public const string KeyError = "KeyError";
    public const string FieldError = "FieldError";
    public const string ArgumentError = "ArgumentError";
    public const string DivisionByZero = "DivisionByZero";
    public const string MatchError = "MatchError";
    public const string StackOverflow = "StackOverflow";
    public const string ConcurrentModification = "ConcurrentModification";
    public const string ImportError = "ImportError";
    public const string IOError = "IOError";
    public const string AssertionError = "AssertionError";
    public const string HostError = "HostError";

    /// <summary>Finally blocks run. A script can't catch it, except where it awaits the cancelled task.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>Finally blocks run. A script can't catch it.</summary>
    public const string LimitExceeded = "LimitExceeded";

    /// <summary>Code or a stack was changed in memory. Scripts never see it; the host gets it.</summary>
    public const string IntegrityError = "IntegrityError";

    /// <summary>A fault of Lyra itself. Scripts never see it; the host gets it.</summary>
    public const string InternalError = "InternalError";
}

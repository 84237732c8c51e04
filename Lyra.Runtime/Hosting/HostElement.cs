namespace Lyra.Runtime.Hosting;

/// <summary>The .NET type of the elements of a list of the host, for code that is generic over it.</summary>
internal abstract class HostElement
{
    /// <summary>Visits the type.</summary>
    public abstract TResult Accept<TResult>(IHostElementVisitor<TResult> visitor);
}

/// <summary>One type. There is one instance for each, so that instances are compared by reference.</summary>
internal sealed class HostElement<T> : HostElement
{
    public static readonly HostElement<T> Instance = new();

    private HostElement()
    {
    }

    public override TResult Accept<TResult>(IHostElementVisitor<TResult> visitor) => visitor.Visit<T>();
}

/// <summary>Code that is generic over the .NET type of elements.</summary>
internal interface IHostElementVisitor<out TResult>
{
    TResult Visit<T>();
}

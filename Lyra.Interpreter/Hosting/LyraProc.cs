using System.Collections.Generic;

namespace Lyra;

/// <summary>A proc that the host can call by name.</summary>
public sealed class LyraProc
{
    internal LyraProc(string name, LyraValue value, IReadOnlyList<string> parameters)
    {
        Name = name;
        Value = value;
        Parameters = parameters;
    }

    /// <summary>The name of the global that holds the proc.</summary>
    public string Name { get; }

    /// <summary>The names of the parameters, in order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The proc. Call it by its <see cref="LyraValue.Invoke(System.ReadOnlySpan{LyraValue})"/>.</summary>
    public LyraValue Value { get; }

    /// <summary>Returns the name and the parameters, such as <c>area(w, h)</c>.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Parameters)})";
}

namespace Lyra;

/// <summary>Which members of a .NET type become members in scripts by reflection.</summary>
public enum LyraMembers
{
    /// <summary>Those that are marked with <see cref="LyraMemberAttribute"/> and the like.</summary>
    Marked,

    /// <summary>
    /// All public properties, fields, methods, events, indexers, constructors and operators, except for those that every object has.
    /// </summary>
    All,
}

/// <summary>How a type is defined by reflection.</summary>
public sealed class LyraTypeOptions
{
    /// <summary>The name of the type in scripts; null for its .NET name.</summary>
    public string? Name { get; init; }

    /// <summary>The members that scripts can use.</summary>
    public LyraMembers Members { get; init; } = LyraMembers.Marked;
}

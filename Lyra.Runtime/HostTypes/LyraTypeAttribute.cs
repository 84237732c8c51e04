using System;

namespace Lyra;

/// <summary>
/// Marks a partial class or struct whose marked members scripts can use. The source generator writes the accessors, as direct calls;
/// <c>engine.DefineType&lt;T&gt;()</c> adds the type to an engine.
/// </summary>
/// <remarks>
/// Scripts know the type by its .NET name, and its members by their .NET names in camelCase, unless the attributes name them. Members of
/// marked base classes belong to the type, too.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class LyraTypeAttribute : Attribute
{
    /// <summary>Marks a type that scripts know by its .NET name.</summary>
    public LyraTypeAttribute()
    {
    }

    /// <summary>Marks a type and names it.</summary>
    /// <param name="name">The name of the type in scripts.</param>
    public LyraTypeAttribute(string name) => Name = name;

    /// <summary>The name of the type in scripts; null for its .NET name.</summary>
    public string? Name { get; }
}

/// <summary>
/// Marks a member of a <see cref="LyraTypeAttribute"/> type that scripts can use: a property, field, method, event or indexer. A marked
/// <c>ToString</c> is what scripts print for an object. Static members belong to the type itself.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Method | AttributeTargets.Event)]
public sealed class LyraMemberAttribute : Attribute
{
    /// <summary>Marks a member that scripts know by its .NET name in camelCase.</summary>
    public LyraMemberAttribute()
    {
    }

    /// <summary>Marks a member and names it.</summary>
    /// <param name="name">The name of the member in scripts.</param>
    public LyraMemberAttribute(string name) => Name = name;

    /// <summary>The name of the member in scripts; null for its .NET name in camelCase.</summary>
    public string? Name { get; }
}

/// <summary>Marks a constructor that scripts can call by the name of the type.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class LyraConstructorAttribute : Attribute;

/// <summary>
/// Marks an operator that scripts can use: <c>+ - * / % &amp; | ^ &lt;&lt; &gt;&gt;</c>, unary minus, <c>==</c>, <c>&lt;</c> and
/// <c>&lt;=</c>. An operator must not have side effects: an engine may evaluate it twice.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LyraOperatorAttribute : Attribute;

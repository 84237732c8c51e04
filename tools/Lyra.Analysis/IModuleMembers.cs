using System.Collections.Generic;

namespace Lyra.Analysis;

/// <summary>What an import binds: the members of a module.</summary>
internal interface IModuleMembers
{
    string Name { get; }

    /// <summary>The names of all members.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The type of a member; null if there is none of this name.</summary>
    KnownType? Find(string name);
}

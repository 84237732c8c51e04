using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Programs whose loops become hot, by subject. Each prints its results.</summary>
internal static partial class CollectionPrograms
{
    public static IReadOnlyDictionary<string, string> All => Lists.Concat(Tables).Concat(Texts).Concat(Numbers).Concat(Others)
        .ToDictionary();
}

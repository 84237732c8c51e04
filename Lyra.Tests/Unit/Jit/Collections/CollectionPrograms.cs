using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Unit.Jit.Collections;

/// <summary>Programs whose loops get hot, by what they are about. Each prints what it has computed.</summary>
internal static partial class CollectionPrograms
{
    public static IReadOnlyDictionary<string, string> All => Lists.Concat(Tables).Concat(Texts).Concat(Numbers).Concat(Others)
        .ToDictionary();
}

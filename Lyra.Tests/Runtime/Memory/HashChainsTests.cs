using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Memory;
using Xunit;

namespace Lyra.Tests.Runtime.Memory;

public sealed class HashChainsTests
{
    [Fact]
    public void The_chain_of_a_hash_has_all_its_rows_newest_first() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Arb.From(Gen.Choose(-40, 40).ArrayOf(200)), hashes =>
        {
            HashChains chains = new();
            bool isRight = true;
            for (int row = 0; row < hashes.Length; row++)
            {
                isRight &= RowsOf(chains, hashes, hashes[row]).Count == CountBefore(hashes, row);
                chains.Add(hashes[row]);
                isRight &= RowsOf(chains, hashes, hashes[row])[0] == row;
            }

            return isRight;
        }));

    private static List<int> RowsOf(HashChains chains, int[] hashes, int hash)
    {
        List<int> rows = [];
        for (int row = chains.First(hash); row >= 0; row = chains.Next(row))
        {
            if (hashes[row] == hash)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static int CountBefore(int[] hashes, int row)
    {
        int count = 0;
        for (int i = 0; i < row; i++)
        {
            count += hashes[i] == hashes[row] ? 1 : 0;
        }

        return count;
    }
}

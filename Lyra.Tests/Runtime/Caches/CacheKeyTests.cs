using System;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Caches;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Caches;

public class CacheKeyTests
{
    [Fact]
    public void Equals_the_byte_by_byte_form()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<long, long>((a, b) => CacheKey.Djb2(a, b) == ByteByByte(a, b)));
        Random random = new(3);
        for (int i = 0; i < 10_000; i++)
        {
            long a = random.NextInt64(long.MinValue, long.MaxValue);
            long b = random.NextInt64(long.MinValue, long.MaxValue);
            CacheKey.Djb2(a, b).ShouldBe(ByteByByte(a, b));
        }

        CacheKey.Djb2(-1, -1).ShouldBe(ByteByByte(-1, -1));
    }

    private static uint ByteByByte(long a, long b)
    {
        uint hash = 5381;
        foreach (byte each in (byte[])[.. BitConverter.GetBytes(a), .. BitConverter.GetBytes(b)])
        {
            hash = unchecked((hash * 33) + each);
        }

        return hash;
    }
}

using System;
using System.Security.Cryptography;
using System.Text;

namespace RuleService.Keys;

/// <summary>The keys of callers. The service keeps only their hashes.</summary>
internal static class ApiKey
{
    /// <summary>The fewest characters of a key that an operator chooses.</summary>
    public const int Shortest = 32;

    /// <summary>A new key, which nobody can guess.</summary>
    public static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <remarks>A plain hash is enough, since keys are random and long.</remarks>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Compares hashes in a time that does not depend on where they differ.</summary>
    public static bool AreEqual(byte[] hash, byte[]? expected) =>
        expected is not null && CryptographicOperations.FixedTimeEquals(hash, expected);
}

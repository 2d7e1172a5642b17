/** Every keyword of ssh_config(5) up to OpenSSH 10, also those that are only ignored; what is none is a mistake. */
const names = `
AddKeysToAgent AddressFamily AfsTokenPassing BatchMode BindAddress BindInterface CASignatureAlgorithms
CanonicalDomains CanonicalizeFallbackLocal CanonicalizeHostname CanonicalizeMaxDots CanonicalizePermittedCNAMEs
CertificateFile ChallengeResponseAuthentication ChannelTimeout CheckHostIP Cipher Ciphers ClearAllForwardings
Compression CompressionLevel ConnectTimeout ConnectionAttempts ControlMaster ControlPath ControlPersist
DSAAuthentication DynamicForward EnableEscapeCommandline EnableSSHKeysign EscapeChar ExitOnForwardFailure
FallBackToRsh FingerprintHash ForkAfterAuthentication ForwardAgent ForwardX11 ForwardX11Timeout ForwardX11Trusted
GatewayPorts GlobalKnownHostsFile GlobalKnownHostsFile2 GSSAPIAuthentication GSSAPIClientIdentity
GSSAPIDelegateCredentials GSSAPIKexAlgorithms GSSAPIKeyExchange GSSAPIRenewalForcesRekey GSSAPIServerIdentity
GSSAPITrustDNS HashKnownHosts HostKeyAlgorithms HostKeyAlias HostName HostbasedAcceptedAlgorithms
HostbasedAuthentication HostbasedKeyTypes IPQoS IdentitiesOnly IdentityAgent IdentityFile IdentityFile2
IgnoreUnknown KbdInteractiveAuthentication KbdInteractiveDevices KeepAlive KexAlgorithms KnownHostsCommand
KerberosAuthentication KerberosTGTPassing LocalCommand LocalForward LogLevel LogVerbose MACs
NoHostAuthenticationForLocalhost NumberOfPasswordPrompts ObscureKeystrokeTiming PasswordAuthentication
PermitLocalCommand PermitRemoteOpen PKCS11Provider Port PreferredAuthentications Protocol ProxyCommand ProxyJump
ProxyUseFdpass PubkeyAcceptedAlgorithms PubkeyAcceptedKeyTypes PubkeyAuthentication RSAAuthentication
RSAMinSize RefuseConnection RekeyLimit RemoteCommand RemoteForward RequestTTY RequiredRSASize RevokedHostKeys
RhostsAuthentication RhostsRSAAuthentication SecurityKeyProvider SendEnv ServerAliveCountMax ServerAliveInterval
SessionType SetEnv SkeyAuthentication SmartcardDevice StdinNull StreamLocalBindMask StreamLocalBindUnlink
StrictHostKeyChecking SyslogFacility TCPKeepAlive TISAuthentication Tag Tunnel TunnelDevice UpdateHostKeys
UseKeychain UsePrivilegedPort UseRoaming UseRsh User UserKnownHostsFile UserKnownHostsFile2 VerifyHostKeyDNS
VersionAddendum VisualHostKey WarnWeakCrypto XAuthLocation`;

const spelling: ReadonlyMap<string, string> = new Map(
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

export const isKnownKeyword = (keyword: string): boolean => spelling.has(keyword.toLowerCase());

/** A keyword as the manual spells it. */
export const spelled = (keyword: string): string => spelling.get(keyword.toLowerCase()) ?? keyword;

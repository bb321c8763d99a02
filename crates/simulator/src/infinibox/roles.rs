//! The roles of users, and sets of them.

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Admin,
    PoolAdmin,
    ReadOnly,
    Technician,
    Infinidat,
}

impl Role {
    /// Every role, in the order in which the box names them.
    pub(crate) const ALL: [Self; 5] =
        [Self::Infinidat, Self::Admin, Self::PoolAdmin, Self::Technician, Self::ReadOnly];

    /// The role's name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Admin => "ADMIN",
            Self::PoolAdmin => "POOL_ADMIN",
            Self::ReadOnly => "READ_ONLY",
            Self::Technician => "TECHNICIAN",
            Self::Infinidat => "INFINIDAT",
        }
    }

    /// The role of that name. The vendor's own client writes `PoolAdmin` where the box answers `POOL_ADMIN`, so
    /// neither case nor underscores count.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let plain = |text: &str| text.replace('_', "").to_ascii_uppercase();
        Self::ALL.into_iter().find(|role| plain(role.name()) == plain(name))
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Roles(&'static [Role]);

impl Roles {
    /// Every role.
    pub(crate) const EVERYONE: Self = Self(&Role::ALL);
    /// Those who change what lives in pools.
    pub(crate) const POOL: Self = Self(&[Role::PoolAdmin, Role::Admin, Role::Infinidat]);
    /// Those who change the system.
    pub(crate) const ADMIN: Self = Self(&[Role::Admin, Role::Infinidat]);

    /// A set of one's own.
    pub(crate) const fn of(roles: &'static [Role]) -> Self {
        Self(roles)
    }

    pub(crate) fn contain(self, role: Role) -> bool {
        self.0.contains(&role)
    }
}
